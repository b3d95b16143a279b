package dev.reactivesession.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Every curl of the README of the demo is answered, one after another as a reader would try them. */
@EnabledIf(value = "dev.reactivesession.demo.Installed#curl", disabledReason = "there is no curl")
class ReadmeTest {

    private static final int STILL_LISTENING = 28;

    @Test
    void everyCurlIsAnswered(@TempDir Path directory) throws IOException {
        List<String> commands = Files.readAllLines(Path.of("README.md")).stream()
                .filter(line -> line.startsWith("curl "))
                .toList();
        assertThat(commands).hasSizeGreaterThan(4);

        try (RunningDemo demo = RunningDemo.start(directory.resolve("data"), "memory")) {
            assertThat(commands).allSatisfy(command -> assertAnswered(command, directory, demo));
        }
    }

    private static void assertAnswered(String command, Path directory, RunningDemo demo) {
        String here = command.replace("localhost:8080", demo.address().getAuthority());
        String asked = "cd '" + directory + "' && " + here + " -sS --max-time 5 -w '\\nanswered %{http_code}'";
        Script script = Script.run("sh", "-c", asked);

        assertThat(script.output()).contains("answered 200");
        assertThat(script.code()).isEqualTo(command.contains("/events") ? STILL_LISTENING : 0);
    }
}
