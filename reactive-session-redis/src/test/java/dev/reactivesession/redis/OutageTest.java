package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reactivesession.SessionLimits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** A WebFlux application over a server that is busy, or frozen. */
class OutageTest {

    private static final int CLIENTS = 16;

    @Test
    @Timeout(120)
    void sixteenClientsCountInOneSessionAndNoneIsLost() {
        count(100);
    }

    @Test
    @Tag("large")
    @Timeout(600)
    void sixteenClientsCountSixteenThousandInOneSessionAndNoneIsLost() {
        count(1000);
    }

    @Test
    @Timeout(60)
    void aFrozenServerFailsOnlyTheRequestsThatUseTheSession() {
        outage(2);
    }

    @Test
    @Tag("large")
    @Timeout(120)
    void aServerFrozenForTenSecondsFailsOnlyTheRequestsThatUseTheSession() {
        outage(20);
    }

    private static void count(int each) {
        String token = application(1000).visitor();
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            CompletableFuture.allOf(IntStream.range(0, CLIENTS)
                            .mapToObj(client -> CompletableFuture.runAsync(() -> requests(each, token), threads))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } finally {
            threads.shutdown();
        }
        assertThat(application(1000).body("/hits", token)).isEqualTo(Integer.toString(CLIENTS * each));
    }

    private static void requests(int count, String token) {
        Application application = application(1000);
        for (int request = 0; request < count; request++) {
            assertThat(application.status("/count", token).value()).isEqualTo(200);
        }
    }

    private static Application application(int replays) {
        return new Application(
                RedisSessionStore.create(
                        Backend.node(), RedisSessionSettings.defaults().withTimeout(Duration.ofSeconds(10))),
                SessionLimits.defaults().withMaxReplays(replays).withStoreTimeout(Duration.ofSeconds(10)));
    }

    private static void outage(int rounds) {
        try (RedisNode redis = RedisNode.start()) {
            LettuceConnectionFactory connections = Backend.connect(redis);
            Duration timeout = Duration.ofMillis(500);
            Application application = new Application(
                    RedisSessionStore.create(
                            connections, RedisSessionSettings.defaults().withTimeout(timeout)),
                    SessionLimits.defaults().withStoreTimeout(timeout));
            String token = application.visitor();
            redis.freeze();
            for (int round = 0; round < rounds; round++) {
                assertThat(application.status("/untouched", token).value()).isEqualTo(200);
                assertThat(application.status("/read", token).value()).isEqualTo(503);
            }
            redis.thaw();
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () -> assertThat(application.status("/read", token).value())
                                    .isEqualTo(200));
            for (String path : List.of("/read", "/write", "/invalidate")) {
                assertThat(application.status(path, token).value()).as(path).isEqualTo(200);
            }
            connections.destroy();
        }
    }
}
