package dev.reactivesession.test.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code that the README of this module and its page show is part of a test that runs. */
class ReadmeTest {

    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static final Path TESTS = Path.of("src/test/java");

    @Test
    void showsOnlyWhatIsCompiledAndRun() throws IOException {
        String tests = tests();
        String documents =
                Files.readString(Path.of("README.md")) + Files.readString(Path.of("..", "docs", "testing.md"));
        List<String> examples = EXAMPLE.matcher(documents)
                .results()
                .map(MatchResult::group)
                .map(example -> example.substring("```java".length(), example.length() - "```".length()))
                .toList();
        assertThat(examples)
                .isNotEmpty()
                .allSatisfy(example -> assertThat(tests).contains(plain(example)));
    }

    private static String tests() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(TESTS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(plain(Files.readString(file)));
            }
        }
        return all.toString();
    }

    private static String plain(String code) {
        return code.replaceAll("\\s+", "");
    }
}
