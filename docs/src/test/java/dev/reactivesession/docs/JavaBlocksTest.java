package dev.reactivesession.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every block of Java compiles. It is one of three:
 *
 * <ul>
 *   <li>a whole file, which begins with its package or its imports;
 *   <li>an excerpt, which is in a test of the document's own module, line by line;
 *   <li>a fragment, which is compiled inside the document's frame, {@code src/test/frames/<document>.java}. The frame
 *       gives the imports and declares what the document takes for granted; the fragment takes the place of its line
 *       {@code // block}: as members if it begins with an annotation or a type, else as the body of a method.
 * </ul>
 */
class JavaBlocksTest {

    private static final Path FRAMES = Path.of("src/test/frames");

    /** Pages show its tests, too. */
    private static final String KIT = "reactive-session-test";

    static Stream<Block> blocks() {
        return Documents.blocks(Kind.JAVA);
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void compiles(Block block, @TempDir Path classes) {
        if (isWhole(block)) {
            assertCompiles(block.text(), classes);
        } else if (!isExcerpt(block)) {
            assertCompiles(framed(block), classes);
        }
    }

    private static void assertCompiles(String code, Path classes) {
        Compilation compilation = Compilation.of(code, classes);
        assertThat(compilation.succeeded())
                .as(compilation.messages() + "\n" + code)
                .isTrue();
    }

    private static boolean isWhole(Block block) {
        return block.text().startsWith("package ") || block.text().startsWith("import ");
    }

    private static boolean isExcerpt(Block block) {
        return Stream.of(block.document().replaceAll("/.*", ""), KIT)
                .map(module -> Documents.ROOT.resolve(module).resolve("src/test/java"))
                .filter(Files::isDirectory)
                .flatMap(Sources::under)
                .anyMatch(test -> plain(test).contains(plain(block.text())));
    }

    private static String framed(Block block) {
        Path frame = FRAMES.resolve(block.document().replaceAll("\\.md$", ".java"));
        assertThat(frame).as("the frame for the fragment at " + block).isRegularFile();
        String members = block.text().matches("(?s)\\s*(@|(final |abstract )*(class|record|interface|enum) ).*")
                ? block.text()
                : "void block() throws Exception {\n" + block.text() + "\n}";
        return Documents.text(frame).replace("// block", members);
    }

    private static String plain(String code) {
        return code.replaceAll("\\s+", "");
    }
}
