package dev.reactivesession.redis.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes of an application, whose servers and processes are killed and paused while visitors use it. Runs with
 * {@code -Pchaos} only; {@code -Dchaos.seconds} says how long each store suffers, 60 unless said otherwise.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Chaos {

    private static final long SECONDS = Long.getLong("chaos.seconds", 60);

    private static final int VISITORS = 8;

    private static final Duration MAX_AGE = Duration.ofSeconds(2);

    private final StringBuilder table = new StringBuilder(Report.HEADER);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    void postgresql() throws Exception {
        Path place = Files.createDirectories(directory.resolve("r2dbc"));
        try (PostgresServer postgres = PostgresServer.start(place)) {
            Map<String, Object> settings = new HashMap<>(postgres.settings());
            settings.put("reactive-session.store", "r2dbc");
            Report report = suffer("PostgreSQL", settings, place, List.of(postgres), Duration.ZERO);
            conclude(report, postgres.figures(), "killed " + postgres.name(), "paused " + postgres.name());
        }
    }

    @Test
    void redis() throws Exception {
        Path place = Files.createDirectories(directory.resolve("redis-alone"));
        try (RedisServer redis = RedisServer.durable(place)) {
            Map<String, Object> settings = new HashMap<>(redis.settings());
            settings.put("reactive-session.store", "redis");
            settings.put(
                    "spring.autoconfigure.exclude",
                    "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration");
            Report report = suffer("Redis", settings, place, List.of(redis), Duration.ZERO);
            conclude(report, redis.figures(), "killed " + redis.name(), "paused " + redis.name());
        }
    }

    @Test
    void tiers() throws Exception {
        Path place = Files.createDirectories(directory.resolve("tiered"));
        try (PostgresServer postgres = PostgresServer.start(place);
                RedisServer redis = RedisServer.cache(place)) {
            Map<String, Object> settings = new HashMap<>(postgres.settings());
            settings.putAll(redis.settings());
            settings.put("reactive-session.store", "tiered");
            settings.put("reactive-session.tiered.max-age", MAX_AGE.toSeconds() + "s");
            Report report = suffer("tiers", settings, place, List.of(postgres, redis), MAX_AGE.multipliedBy(2));
            conclude(
                    report,
                    postgres.figures() + "; " + redis.figures(),
                    "killed " + postgres.name(),
                    "killed " + redis.name(),
                    "older snapshot of " + redis.name());
        }
    }

    private Report suffer(String store, Map<String, ?> settings, Path place, List<Victim> servers, Duration staleness)
            throws Exception {
        try (ApplicationProcess one = ApplicationProcess.start("application-1", settings, place);
                ApplicationProcess two = ApplicationProcess.start("application-2", settings, place)) {
            one.awaitReady();
            two.awaitReady();
            History history = new History(staleness);
            List<Visitor> visitors = IntStream.range(0, VISITORS)
                    .mapToObj(number -> new Visitor("visitor" + number, List.of(one.address(), two.address()), history))
                    .toList();
            ExecutorService threads = Executors.newFixedThreadPool(VISITORS);
            visitors.forEach(threads::submit);
            Misfortune misfortune = new Misfortune(servers, List.of(one, two));
            misfortune.strikeFor(Duration.ofSeconds(SECONDS));
            visitors.forEach(Visitor::stop);
            threads.shutdown();
            assertThat(threads.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
            one.awaitReady();
            two.awaitReady();
            TimeUnit.MILLISECONDS.sleep(staleness.toMillis());
            visitors.forEach(Visitor::lookAtTheEnd);
            visitors.forEach(visitor -> history.allDead().stream()
                    .skip(ThreadLocalRandom.current().nextInt(VISITORS))
                    .limit(20)
                    .forEach(visitor::comeBackWith));
            return new Report(store, misfortune, history);
        }
    }

    private void conclude(Report report, String figures, String... blows) {
        table.append(report.row());
        System.out.println(report.details() + "\n" + figures);
        report.requireNothingWrong();
        assertThat(report.misfortune().count()).as("blows").containsKeys(blows).containsKey("killed application-2");
    }

    @AfterAll
    void print() {
        System.out.println(table);
    }
}
