package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionLimits;
import io.lettuce.core.LettuceVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Applications that have just started, each in a JVM of its own, and their first request: it connects to Redis, reads a
 * session and saves it.
 */
@Tag("large")
class ColdStartTest {

    private static final int STARTS = Integer.getInteger("starts", 200);

    /** Milliseconds. Far from what it takes, so that only a hang is over it on a busy machine. */
    private static final long WITHIN = Long.getLong("within", 20_000);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    @Timeout(3600)
    void theFirstRequestOfAnApplicationIsAnswered() throws Exception {
        try (RedisNode redis = RedisNode.start()) {
            LettuceConnectionFactory connections = Backend.connect(redis);
            Application application = new Application(
                    RedisSessionStore.create(connections, RedisSessionSettings.defaults()), SessionLimits.defaults());
            String token = application.visitor();
            long[] millis = new long[STARTS];
            for (int start = 0; start < STARTS; start++) {
                millis[start] = firstRequest(redis, token, start + 1);
            }
            Arrays.sort(millis);
            System.out.printf(
                    "Lettuce %s: %d cold starts, first request: median %d ms, slowest %d ms, %d within 2 s%n",
                    LettuceVersion.getVersion(),
                    STARTS,
                    millis[STARTS / 2],
                    millis[STARTS - 1],
                    Arrays.stream(millis).filter(each -> each <= 2000).count());
            assertThat(application.body("/hits", token)).isEqualTo(Integer.toString(STARTS));
            assertThat(millis[STARTS - 1]).as("slowest").isLessThanOrEqualTo(WITHIN);
            connections.destroy();
        }
    }

    private long firstRequest(RedisNode redis, String token, int hits) throws IOException, InterruptedException {
        Process process = start(redis);
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(process) + "/count"))
                    .header("Cookie", Application.COOKIE + "=" + token)
                    .timeout(PATIENCE)
                    .build();
            long sent = System.nanoTime();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            long nanos = System.nanoTime() - sent;
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(Integer.toString(hits));
            return nanos / 1_000_000;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** With the bounds of the library far away: a hang is to be seen, not to be ended. */
    private static Process start(RedisNode redis) throws IOException {
        return new ProcessBuilder(List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ColdStart.class.getName(),
                        "--server.port=0",
                        "--spring.data.redis.port=" + redis.port(),
                        "--reactive-session.redis.timeout=30s",
                        "--reactive-session.store-timeout=30s"))
                .redirectErrorStream(true)
                .start();
    }

    private static int port(Process process) throws IOException {
        BufferedReader output = process.inputReader();
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            if (line.startsWith(ColdStart.LISTENING)) {
                return Integer.parseInt(line.substring(ColdStart.LISTENING.length()));
            }
        }
        throw new IllegalStateException("the application did not start: " + said);
    }
}
