package dev.reactivesession.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class XmlBlocksTest {

    static Stream<Block> blocks() {
        return Documents.blocks(Kind.XML);
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void namesAModuleInTheVersionOfTheProject(Block block) throws Exception {
        Document xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader("<block>" + block.text() + "</block>")));

        assertThat(textOf(xml, "groupId")).isNotEmpty().containsOnly("dev.reactivesession");
        assertThat(Build.artifacts()).containsAll(textOf(xml, "artifactId").toList());
        assertThat(textOf(xml, "version")).allMatch(Build.version()::equals);
    }

    private static Stream<String> textOf(Document xml, String element) {
        NodeList found = xml.getElementsByTagName(element);
        return Stream.iterate(0, index -> index < found.getLength(), index -> index + 1)
                .map(index -> found.item(index).getTextContent().strip());
    }
}
