package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Prints the figures of {@link Latency} and {@link AtOnce}, three times, each in a JVM of its own, because the one that
 * runs the tests watches every thread.
 */
@Tag("large")
@Timeout(600)
class LatencyTest {

    @Test
    void anOperationBesideItsBareCommand() throws IOException, InterruptedException {
        for (int run = 0; run < 3; run++) {
            try (RedisNode redis = RedisNode.start()) {
                assertThat(measured(Latency.class, redis.port())).contains("find: ", "update: ");
            }
        }
    }

    @Test
    void whatAnOperationCostsBesideTheConnectionOfTheFactory() throws IOException, InterruptedException {
        for (int run = 0; run < 3; run++) {
            try (RedisNode redis = RedisNode.start()) {
                assertThat(measured(AtOnce.class, redis.port())).contains("find, ", "update, ");
            }
        }
    }

    private static String measured(Class<?> program, int port) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        Integer.toString(port)))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.print(said);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
