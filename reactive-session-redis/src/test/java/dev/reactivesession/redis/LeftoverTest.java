package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.publisher.Flux;

/** What is left of sessions that came and went, with a process killed in the middle. */
class LeftoverTest {

    private static final String PREFIX = "reactive-session:";

    @Test
    @Timeout(120)
    void twoSweepsLeaveNothingButLiveSessionsAndTheirIndex() throws Exception {
        leavesNothing(2_000);
    }

    @Test
    @Tag("large")
    @Timeout(900)
    void twoSweepsLeaveNothingOfAHundredThousandButLiveSessionsAndTheirIndex() throws Exception {
        leavesNothing(100_000);
    }

    private static void leavesNothing(int count) throws Exception {
        try (RedisNode redis = RedisNode.start()) {
            LettuceConnectionFactory connections = Backend.connect(redis);
            RedisSessionSettings settings = RedisSessionSettings.defaults().withTimeout(Duration.ofSeconds(5));
            IndexedRedisSessionStore store = IndexedRedisSessionStore.create(connections, settings);
            killedInTheMiddle(redis, count / 2);
            new Churn(store).lives(count / 2).block(Duration.ofMinutes(5));
            int before = keys(redis).size();
            Instant now = Sample.now().plus(Duration.ofMinutes(5));
            long first = sweep(store, now);
            long second = sweep(store, now);
            System.out.printf("%d lives: %d keys before, %d and %d swept%n", count, before, first, second);
            assertThat(second).isZero();
            assertNothingLeft(redis, store);
            connections.destroy();
        }
    }

    private static void killedInTheMiddle(RedisNode redis, int count) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Stream.of(System.getProperty("java.home"), "bin", "java")
                                .collect(Collectors.joining("/")),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Churn.class.getName(),
                        Integer.toString(redis.port()),
                        Integer.toString(Integer.MAX_VALUE))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        int until = count / 2 + ThreadLocalRandom.current().nextInt(count / 4);
        await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> redis.<Long>with(commands -> commands.dbsize()) > until);
        process.destroyForcibly().waitFor();
    }

    private static long sweep(IndexedRedisSessionStore store, Instant now) {
        Flux<SessionId> deleted = store.expired(now).buffer(500).concatMap(batch -> store.deleteExpired(batch, now));
        return deleted.count().block(Duration.ofMinutes(5));
    }

    private static void assertNothingLeft(RedisNode redis, IndexedRedisSessionStore store) {
        RedisKeys names = RedisKeys.of(RedisSessionSettings.defaults());
        Set<String> keys = keys(redis);
        keys.removeAll(ended(redis, keys));
        List<SessionRecord> live = Flux.fromIterable(keys)
                .filter(key -> key.startsWith(PREFIX + "session:"))
                .map(key ->
                        SessionId.parse(key.substring(key.lastIndexOf(':') + 1)).orElseThrow())
                .flatMap(store::find, 64)
                .collectList()
                .block(Duration.ofMinutes(1));
        Set<String> needed = new TreeSet<>();
        live.forEach(record -> {
            int shard = names.shard(record.id());
            needed.add(PREFIX + "session:" + record.id());
            needed.add(text(names.due(shard)));
            if (record.principal() != null) {
                needed.add(text(names.owners(shard)));
                needed.add(text(names.principals(shard)));
            }
        });
        assertThat(keys).isEqualTo(needed);
        assertEntries(redis, names, live);
    }

    private static void assertEntries(RedisNode redis, RedisKeys names, List<SessionRecord> live) {
        Set<String> due = new HashSet<>();
        Set<String> owners = new HashSet<>();
        IntStream.range(0, names.shards()).forEach(shard -> {
            due.addAll(redis.with(commands -> commands.zrange(text(names.due(shard)), 0, -1)));
            owners.addAll(redis.with(commands -> commands.zrange(text(names.owners(shard)), 0, -1)));
        });
        assertThat(due)
                .isEqualTo(live.stream().map(record -> record.id().toString()).collect(Collectors.toSet()));
        assertThat(owners)
                .isEqualTo(live.stream()
                        .filter(record -> record.principal() != null)
                        .map(record -> record.id() + ":" + record.principal())
                        .collect(Collectors.toSet()));
    }

    /** Words left by a termination for a create that was under way: they go by themselves, within ten timeouts. */
    private static Set<String> ended(RedisNode redis, Set<String> keys) {
        return redis.with(commands -> keys.stream()
                .filter(key -> key.startsWith(PREFIX + "session:"))
                .filter(key -> commands.strlen(key) < StoredForm.FIXED)
                .filter(key -> commands.pttl(key) <= 50_000)
                .collect(Collectors.toSet()));
    }

    private static Set<String> keys(RedisNode redis) {
        return redis.with(commands -> {
            Set<String> keys = new TreeSet<>();
            KeyScanCursor<String> cursor = commands.scan(ScanArgs.Builder.limit(1000));
            keys.addAll(cursor.getKeys());
            while (!cursor.isFinished()) {
                cursor = commands.scan(ScanCursor.of(cursor.getCursor()), ScanArgs.Builder.limit(1000));
                keys.addAll(cursor.getKeys());
            }
            return keys;
        });
    }

    private static String text(byte[] key) {
        return new String(key, java.nio.charset.StandardCharsets.UTF_8);
    }
}
