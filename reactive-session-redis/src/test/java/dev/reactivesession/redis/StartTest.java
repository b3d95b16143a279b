package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.reactivesession.SessionException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.test.web.reactive.server.WebTestClient;

/** An application that starts: it connects before its first visitor comes, and says in the log what it finds. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class StartTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void anApplicationIsConnectedBeforeItsFirstVisitorComes() {
        try (RedisNode redis = RedisNode.start();
                ReactiveWebServerApplicationContext application = started(redis)) {
            long before = calls(redis);
            assertThat(before).as("commands while it started").isPositive();
            assertThat(scriptsSentWhole(redis)).isPositive();
            assertThat(status(application)).isEqualTo(200);
            assertThat(calls(redis)).isGreaterThan(before);
        }
    }

    @Test
    void nothingIsLeftOfConnecting() {
        try (RedisNode redis = RedisNode.start();
                ReactiveWebServerApplicationContext application = started(redis)) {
            assertThat(application.isRunning()).isTrue();
            assertThat(redis.<Long>with(commands -> commands.dbsize())).isZero();
        }
    }

    @Test
    void anApplicationStartsThoughItsServerIsAwayAndSaysSo(CapturedOutput output) {
        RedisNode redis = RedisNode.start();
        redis.kill();
        try (ReactiveWebServerApplicationContext application = started(redis)) {
            assertThat(output).contains("Redis could not be asked while the application started");
            assertThat(status(application)).isEqualTo(503);
            redis.restart();
            await().atMost(PATIENCE).until(() -> status(application) == 200);
        } finally {
            redis.close();
        }
    }

    @Test
    void aClosedApplicationLeavesNoConnection() {
        try (RedisNode redis = RedisNode.start()) {
            started(redis).close();
            await().atMost(PATIENCE).until(() -> connections(redis) == 1);
        }
    }

    @Test
    void aServerThatMayEvictSessionsIsAWarning(CapturedOutput output) {
        for (String policy : List.of("volatile-ttl", "allkeys-lru", "volatile-lru")) {
            connected(List.of("--maxmemory-policy", policy), user -> {});
            assertThat(output).contains("The maxmemory-policy of Redis is " + policy);
        }
    }

    @Test
    void aServerThatEvictsNothingIsNoWarning(CapturedOutput output) {
        connected(List.of("--maxmemory-policy", "noeviction"), user -> {});
        assertThat(output).doesNotContain("maxmemory-policy of Redis is").doesNotContain("was not asked");
    }

    @Test
    void aServerThatCannotBeAskedIsAWarning(CapturedOutput output) {
        try (RedisNode redis = RedisNode.start()) {
            LettuceConnectionFactory connections = Backend.connect(AclUser.may(
                    AclUser.COMMANDS, List.of(redis), new RedisStandaloneConfiguration(redis.host(), redis.port())));
            RedisConnections own = RedisConnections.of(connections, RedisSessionSettings.defaults());
            own.connect().block(PATIENCE);
            assertThat(output)
                    .contains("Redis was not asked for its maxmemory-policy")
                    .contains("NOPERM");
            own.dispose();
            connections.destroy();
        }
    }

    @Test
    void connectingToAServerThatIsAwayIsATypedError() {
        LettuceConnectionFactory connections = new LettuceConnectionFactory("127.0.0.1", RedisNode.freePort());
        connections.start();
        RedisConnections own = RedisConnections.of(connections, RedisSessionSettings.defaults());
        assertThatThrownBy(() -> own.connect().block(PATIENCE)).isInstanceOf(SessionException.Unavailable.class);
        own.dispose();
        connections.destroy();
    }

    private static void connected(List<String> options, Consumer<RedisConnections> use) {
        try (RedisNode redis = RedisNode.start(options.toArray(String[]::new))) {
            LettuceConnectionFactory connections = Backend.connect(redis);
            RedisConnections own = RedisConnections.of(connections, RedisSessionSettings.defaults());
            own.connect().block(PATIENCE);
            use.accept(own);
            own.dispose();
            connections.destroy();
        }
    }

    private static ReactiveWebServerApplicationContext started(RedisNode redis) {
        return (ReactiveWebServerApplicationContext)
                SpringApplication.run(ColdStart.class, "--server.port=0", "--spring.data.redis.port=" + redis.port());
    }

    private static int status(ReactiveWebServerApplicationContext application) {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + application.getWebServer().getPort())
                .responseTimeout(PATIENCE)
                .build()
                .get()
                .uri("/count")
                .exchange()
                .expectBody()
                .returnResult()
                .getStatus()
                .value();
    }

    private static long calls(RedisNode redis) {
        return count(redis, "cmdstat_get:") + count(redis, "cmdstat_evalsha:");
    }

    private static long scriptsSentWhole(RedisNode redis) {
        return count(redis, "cmdstat_eval:");
    }

    private static long count(RedisNode redis, String name) {
        return redis.with(commands -> commands.info("commandstats"))
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf('=') + 1, line.indexOf(','))))
                .sum();
    }

    private static long connections(RedisNode redis) {
        return redis.<String>with(commands -> commands.clientList()).lines().count();
    }
}
