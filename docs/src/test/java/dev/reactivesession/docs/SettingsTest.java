package dev.reactivesession.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ByteArrayResource;

/** A setting is named in the documents if, and only if, there is one. */
class SettingsTest {

    private static final Pattern NAME = Pattern.compile("`(reactive-session\\.[a-z0-9.*-]+)");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[a-z0-9`., =-]+) \\|");

    @Test
    void inABlockIsThere() {
        assertThat(Stream.concat(
                        Documents.blocks(Kind.PROPERTIES).flatMap(SettingsTest::inProperties),
                        Documents.blocks(Kind.YAML).flatMap(SettingsTest::inYaml)))
                .allMatch(Metadata::knows);
    }

    @Test
    void inASentenceIsThere() {
        assertThat(inSentences())
                .contains("reactive-session.idle-timeout", "reactive-session.sweep.*")
                .allMatch(name -> name.endsWith("*")
                        ? Metadata.knowsSomethingUnder(name.replace("*", ""))
                        : Metadata.knows(name));
    }

    @Test
    void inTheTableOfThePageIsThere() {
        assertThat(onThePage())
                .contains("reactive-session.store", "reactive-session.cookie.path")
                .allMatch(Metadata::knows);
    }

    @Test
    void thatIsThereIsInADocument() {
        List<String> documented =
                Stream.concat(onThePage().stream(), inSentences()).toList();
        assertThat(Metadata.ours()).isNotEmpty().allMatch(documented::contains);
    }

    private static Stream<String> inSentences() {
        return Documents.all()
                .flatMap(document -> NAME.matcher(Documents.prose(document)).results().toList().stream())
                .map(found -> found.group(1).replaceAll("\\.$", ""));
    }

    /** A row names one setting, or several that begin alike: {@code `cookie.name`, `.path`}. */
    private static List<String> onThePage() {
        return ROW.matcher(Documents.text(Documents.ROOT.resolve("docs/settings.md")))
                .results()
                .flatMap(row ->
                        inRow(row.group(1).replaceAll("[`\\s]|=[a-z]+", "").split(",")))
                .toList();
    }

    private static Stream<String> inRow(String[] names) {
        String start = names[0].substring(0, Math.max(0, names[0].lastIndexOf('.')));
        return Arrays.stream(names).map(name -> "reactive-session." + (name.startsWith(".") ? start + name : name));
    }

    private static Stream<String> inProperties(Block block) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(block.text()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names(properties);
    }

    private static Stream<String> inYaml(Block block) {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ByteArrayResource(block.text().getBytes(UTF_8)));
        return names(yaml.getObject());
    }

    private static Stream<String> names(Properties properties) {
        return properties.stringPropertyNames().stream().map(name -> name.replaceAll("\\[\\d+]$", ""));
    }
}
