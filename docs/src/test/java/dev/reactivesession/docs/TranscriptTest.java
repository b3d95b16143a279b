package dev.reactivesession.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The application that the README shows answers what the README says, byte for byte but for the tokens. */
class TranscriptTest {

    private static final Pattern TOKEN = Pattern.compile("session=([A-Za-z0-9_-]{64})");

    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    @Test
    @EnabledIf(value = "dev.reactivesession.docs.TranscriptTest#curl", disabledReason = "there is no curl")
    void isWhatCurlShows(@TempDir Path classes) throws Exception {
        String transcript = only(Documents.blocks(Kind.CONSOLE)).text();
        String application = only(Documents.blocks(Kind.JAVA)
                        .filter(block -> block.text().contains("SpringApplication.run")))
                .text();

        try (RunningShop shop = RunningShop.of(application, classes)) {
            assertThat(replayed(transcript, shop.address())).isEqualTo(transcript.strip());
        }
    }

    static boolean curl() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Path.of(directory, "curl").toFile().canExecute());
    }

    private static Block only(Stream<Block> blocks) {
        return blocks.reduce((one, other) -> {
                    throw new AssertionError(one + " and " + other);
                })
                .orElseThrow();
    }

    private static String replayed(String transcript, String address) throws IOException {
        StringBuilder shown = new StringBuilder();
        String token = "";
        for (String line :
                transcript.lines().filter(line -> line.startsWith("$ ")).toList()) {
            String answer = run(
                    line.substring(2).replace("http://localhost:8080", address).replace("…", token));
            token = TOKEN.matcher(answer)
                    .results()
                    .map(found -> found.group(1))
                    .findFirst()
                    .orElse(token);
            shown.append(line).append('\n').append(answer.strip()).append("\n\n");
        }
        return TOKEN.matcher(shown)
                .replaceAll(Matcher.quoteReplacement("session=…"))
                .strip();
    }

    private static String run(String command) throws IOException {
        List<String> words = WORD.matcher(command)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toList();
        assertThat(words).startsWith("curl");
        Process process = new ProcessBuilder(Stream.concat(words.stream(), Stream.of("-sS", "--max-time", "30"))
                        .toList())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).replace("\r", "");
    }
}
