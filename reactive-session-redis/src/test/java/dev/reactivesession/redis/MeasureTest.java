package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.store.SessionRecord;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.reactive.RedisReactiveCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.publisher.Mono;

/** Prints figures. Only what must hold on any machine is asserted. */
@Tag("large")
@Timeout(1800)
class MeasureTest {

    private static final int STARTS = Integer.getInteger("starts", 200);

    private static final int CALLS = 20_000;

    private static final String PAYLOAD = "{\"cart\":\"" + "x".repeat(1000) + "\"}";

    @Test
    void coldStarts() throws Exception {
        try (RedisNode redis = RedisNode.start()) {
            LettuceConnectionFactory connections = Backend.connect(redis);
            SessionRecord record = Sample.session("alice", PAYLOAD);
            RedisSessionStore.create(connections, RedisSessionSettings.defaults())
                    .insert(record)
                    .block();
            connections.destroy();
            long[] millis = new long[STARTS];
            for (int start = 0; start < STARTS; start++) {
                millis[start] = coldStart(redis, record);
            }
            Arrays.sort(millis);
            System.out.printf(
                    "%d cold starts, first find with connecting: median %d ms, slowest %d ms%n",
                    STARTS, millis[STARTS / 2], millis[STARTS - 1]);
            assertThat(millis[STARTS - 1]).as("none hung").isLessThan(30_000);
        }
    }

    @Test
    void latencyAgainstTheBareDriver() {
        try (RedisNode redis = RedisNode.start();
                RedisClient client = RedisClient.create(RedisURI.create(redis.host(), redis.port()));
                StatefulRedisConnection<byte[], byte[]> bare = client.connect(ByteArrayCodec.INSTANCE)) {
            LettuceConnectionFactory connections = Backend.connect(redis);
            RedisSessionStore store = RedisSessionStore.create(connections, RedisSessionSettings.defaults());
            SessionRecord record = Sample.session("alice", PAYLOAD);
            store.insert(record).block();
            byte[] key = bytes(Keys.of(RedisSessionSettings.defaults()).session(record.id()));
            RedisReactiveCommands<byte[], byte[]> commands = bare.reactive();
            compare("find", call -> store.find(record.id()), call -> commands.get(key));
            SessionRecord saved = store.find(record.id()).block();
            int[] version = {(int) saved.version()};
            compare(
                    "update",
                    call -> store.update(Sample.next(at(record, version[0]), PAYLOAD), version[0]++),
                    call -> update(commands, key, at(record, version[0] + 1), version[0]++));
            connections.destroy();
        }
    }

    private static SessionRecord at(SessionRecord record, long version) {
        return new SessionRecord(
                record.id(),
                record.proof(),
                version,
                record.createdAt(),
                record.lastAccessedAt(),
                record.idleTimeout(),
                record.expiresAt(),
                record.principal(),
                record.payload());
    }

    private static Mono<?> update(
            RedisReactiveCommands<byte[], byte[]> commands, byte[] key, SessionRecord next, long basedOn) {
        return commands.evalsha(
                        Script.UPDATE.digest(),
                        ScriptOutputType.INTEGER,
                        new byte[][] {key},
                        bytes(StoredForm.write(next, basedOn)),
                        StoredForm.digits(basedOn, StoredForm.VERSION_DIGITS).getBytes(),
                        "300000".getBytes(),
                        "0".getBytes())
                .next();
    }

    private static void compare(String name, IntFunction<Mono<?>> ours, IntFunction<Mono<?>> theirs) {
        run(ours);
        run(theirs);
        double[] ratios = IntStream.range(0, 9)
                .mapToDouble(round -> {
                    double own = run(ours);
                    double bare = run(theirs);
                    System.out.printf("%s: store %.1f us, bare %.1f us%n", name, own, bare);
                    return own / bare;
                })
                .sorted()
                .toArray();
        System.out.printf("%s: %.2f times the bare command (median of 9 runs)%n", name, ratios[4]);
    }

    /** Median microseconds of one call after another. */
    private static double run(IntFunction<Mono<?>> calls) {
        long[] nanos = new long[CALLS];
        for (int call = 0; call < CALLS; call++) {
            long begun = System.nanoTime();
            calls.apply(call).block(Duration.ofSeconds(10));
            nanos[call] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        return nanos[CALLS / 2] / 1000.0;
    }

    private static long coldStart(RedisNode redis, SessionRecord record) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ColdStart.class.getName(),
                        Integer.toString(redis.port()),
                        record.id().toString()))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        Matcher found = Pattern.compile("found \\d+ (\\d+)").matcher(output);
        assertThat(found.find()).as(output).isTrue();
        return Long.parseLong(found.group(1));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
