package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import io.lettuce.core.api.sync.RedisServerCommands;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.publisher.Flux;

/** What a session takes in the memory of Redis, also beside the same attributes as fields of a hash. */
class MemoryTest {

    private static final int MANY = 5_000;

    private static final RedisNode REDIS = RedisNode.start();

    private static final LettuceConnectionFactory CONNECTIONS = Backend.connect(REDIS);

    private static final RedisSessionStore STORE =
            RedisSessionStore.create(CONNECTIONS, RedisSessionSettings.defaults());

    @AfterAll
    static void stop() {
        CONNECTIONS.destroy();
        REDIS.close();
    }

    @Test
    void aSessionTakesItsPayloadAndLittleMore() {
        for (int bytes : new int[] {0, 100, 1000, 4000}) {
            assertThat(used(Map.of("a", "x".repeat(bytes)))).isLessThan(bytes + bytes / 4 + 500);
        }
    }

    /** Redis packs a hash whose fields have at most 64 bytes; what is not packed takes a table. */
    @Test
    void aSessionTakesAboutWhatAHashOfItsAttributesTakes() {
        for (int bytes : new int[] {50, 65, 200}) {
            assertThat(used(attributes(bytes))).isLessThan(usedByAHashOf(attributes(bytes)) * 3 / 2);
        }
    }

    @Test
    void theIndexTakesLittleMore() {
        IndexedRedisSessionStore indexed =
                IndexedRedisSessionStore.create(CONNECTIONS, RedisSessionSettings.defaults());
        long plain = usedByEach("no index", STORE, number -> null);
        assertThat(usedByEach("index", indexed, number -> null)).isLessThan(plain + 400);
        assertThat(usedByEach("index and principal", indexed, number -> "user" + number))
                .isLessThan(plain + 800);
    }

    private static Map<String, String> attributes(int bytes) {
        return IntStream.range(0, 20)
                .boxed()
                .collect(Collectors.toMap(number -> "attribute-" + number, number -> "v".repeat(bytes)));
    }

    private static long usedByEach(String name, SessionStore store, IntFunction<String> principal) {
        REDIS.with(RedisServerCommands::flushall);
        long before = usedMemory();
        Flux.range(0, MANY)
                .flatMap(number -> store.insert(Sample.session(principal.apply(number), "x".repeat(1000))), 64)
                .blockLast();
        long each = (usedMemory() - before) / MANY;
        System.out.printf("%s: %d bytes for each of %d sessions with 1000 bytes of payload%n", name, each, MANY);
        return each;
    }

    private static long usedMemory() {
        return REDIS.with(redis -> redis.info("memory"))
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                .sum();
    }

    private static long used(Map<String, String> attributes) {
        String payload = attributes.entrySet().stream()
                .map(each -> "\"" + each.getKey() + "\":\"" + each.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
        SessionRecord record = Sample.session("alice", payload);
        STORE.insert(record).block();
        long used = REDIS.with(redis -> redis.memoryUsage("reactive-session:session:" + record.id()));
        System.out.printf("a payload of %d bytes takes %d bytes%n", payload.length(), used);
        return used;
    }

    /** With the times and the rest of a record as fields too. */
    private static long usedByAHashOf(Map<String, String> attributes) {
        String key = "reactive-session:session:" + Sample.id();
        long used = REDIS.with(redis -> {
            redis.hset(key, attributes);
            redis.hset(
                    key,
                    Map.of(
                            "version", "7",
                            "accessed", "1767225600000",
                            "expires", "1767227400000",
                            "created", "1767225600000",
                            "idle", "1800000",
                            "principal", "alice",
                            "proof", "x".repeat(43)));
            redis.pexpire(key, 1_800_000);
            return redis.memoryUsage(key);
        });
        System.out.printf("the same as %d fields of a hash takes %d bytes%n", attributes.size() + 7, used);
        return used;
    }
}
