package dev.reactivesession.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every block of Java in the README and in the documents that is a whole file, with its imports, compiles. */
class SnippetsTest {

    private static final Path ROOT = Path.of("..");

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\n(.*?)^```$");

    private static final Pattern TYPE =
            Pattern.compile("(?m)^(?:public )?(?:final )?(?:class|record|interface) (\\w+)");

    private record Snippet(String where, String name, String code) {

        JavaFileObject source() {
            return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                @Override
                public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                    return code;
                }
            };
        }

        @Override
        public String toString() {
            return where + " " + name;
        }
    }

    static Stream<Snippet> snippets() throws IOException {
        try (Stream<Path> documents = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), documents.sorted())
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList()
                    .stream()
                    .flatMap(SnippetsTest::snippetsOf);
        }
    }

    private static Stream<Snippet> snippetsOf(Path document) {
        try {
            return BLOCK
                    .matcher(Files.readString(document))
                    .results()
                    .filter(block -> block.group(1).startsWith("import "))
                    .map(block -> snippet(document, block))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Snippet snippet(Path document, MatchResult block) {
        String code = block.group(1);
        Matcher type = TYPE.matcher(code);
        return new Snippet(ROOT.relativize(document).toString(), type.find() ? type.group(1) : "Fragment", code);
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void everyBlockCompiles(Snippet snippet, @TempDir Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

        Boolean compiled = compiler.getTask(
                        messages,
                        null,
                        null,
                        List.of("-proc:none", "-d", classes.toString(), "-classpath", classPath),
                        null,
                        List.of(snippet.source()))
                .call();

        assertThat(compiled).as(messages + "\n" + snippet.code()).isTrue();
    }

    @Test
    void theReadmeHasBlocks() throws IOException {
        assertThat(snippets().map(Snippet::where)).contains("README.md");
    }
}
