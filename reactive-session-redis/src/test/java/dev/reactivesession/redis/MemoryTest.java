package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.store.SessionRecord;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** What a session takes in the memory of Redis, beside the same attributes as fields of a hash. */
class MemoryTest {

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
            long used = used(Map.of("a", "x".repeat(bytes)));
            assertThat(used).isLessThan(bytes + bytes / 4 + 500);
        }
    }

    @Test
    void theSameAttributesTakeMoreAsFieldsOfAHash() {
        Map<String, String> attributes = IntStream.range(0, 20)
                .boxed()
                .collect(Collectors.toMap(number -> "attribute-" + number, number -> "v".repeat(65)));
        assertThat(used(attributes)).isLessThan(usedByAHashOf(attributes));
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
