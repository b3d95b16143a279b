package dev.reactivesession.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The handlers that the page shows are those of the demo, and the whole page stays small. */
class HandlersOnThePageTest {

    private static final Path STATIC = Path.of("src/main/resources/static");

    private static final Pattern CODE = Pattern.compile("(?s)<pre class=\"code\"[^>]*>(.*?)</pre>");

    private static final int MOST = 100_000;

    @Test
    void everyHandlerIsInTheSource() {
        List<String> shown = CODE.matcher(text(STATIC.resolve("index.html")))
                .results()
                .map(found -> plain(decoded(found.group(1))))
                .toList();
        List<String> sources =
                files(Path.of("src/main/java")).map(file -> plain(text(file))).toList();

        assertThat(shown)
                .hasSizeGreaterThan(5)
                .allSatisfy(code -> assertThat(sources).anyMatch(source -> source.contains(code)));
    }

    @Test
    void thePageIsBelowAHundredKilobytes() {
        assertThat(files(STATIC).mapToLong(file -> file.toFile().length()).sum())
                .isLessThan(MOST);
    }

    private static String decoded(String html) {
        return html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    private static String plain(String code) {
        return code.replaceAll("\\s+", "");
    }

    private static Stream<Path> files(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
