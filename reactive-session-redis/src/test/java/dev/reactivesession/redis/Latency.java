package dev.reactivesession.redis;

import dev.reactivesession.store.SessionRecord;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.reactive.RedisReactiveCommands;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.publisher.Mono;

/**
 * What an operation takes beside its bare command, sent by Lettuce's reactive API with the same bytes, each over a
 * connection of its own. Both take turns, a hundred calls each, one call after another.
 */
final class Latency {

    private static final int TURN = 100;

    private static final int TURNS = 300;

    private static final RedisSessionSettings SETTINGS = RedisSessionSettings.defaults();

    private static final SessionRecord RECORD = Sample.session("alice", attributes());

    private final BareConnection connections;

    private final RedisSessionStore store;

    private final ByteBuffer key = ByteBuffer.wrap(RedisKeys.of(SETTINGS).session(RECORD.id()));

    private long version = 1;

    private Latency(int port) {
        LettuceConnectionFactory own = new LettuceConnectionFactory("127.0.0.1", port);
        connections = new BareConnection(port);
        own.start();
        store = RedisSessionStore.create(own, SETTINGS);
    }

    /** Prints; takes the port of a Redis on this machine. */
    public static void main(String... arguments) {
        Latency latency = new Latency(Integer.parseInt(arguments[0]));
        latency.store.insert(RECORD).block();
        compare(
                "find",
                () -> latency.store.find(RECORD.id()),
                () -> latency.connections.bare().get(latency.key));
        byte[] written = StoredForm.write(RECORD, 7);
        compare("update", latency::update, () -> latency.bareUpdate(written));
        latency.connections.destroy();
    }

    private Mono<?> update() {
        SessionRecord next = new SessionRecord(
                RECORD.id(),
                RECORD.proof(),
                version + 1,
                RECORD.createdAt(),
                RECORD.lastAccessedAt(),
                RECORD.idleTimeout(),
                RECORD.expiresAt(),
                RECORD.principal(),
                RECORD.payload());
        return store.update(next, version++);
    }

    /** Only the version changes from one to the next: nothing is encoded. */
    private Mono<?> bareUpdate(byte[] written) {
        byte[] basedOn = version(version++);
        byte[] next = written.clone();
        System.arraycopy(version(version), 0, next, StoredForm.VERSION.at(), StoredForm.VERSION.length());
        return connections
                .bare()
                .evalsha(
                        Script.UPDATE.digest(),
                        ScriptOutputType.INTEGER,
                        new ByteBuffer[] {key},
                        ByteBuffer.wrap(next),
                        ByteBuffer.wrap(basedOn),
                        ByteBuffer.wrap(RedisKeys.bytes("300000")),
                        ByteBuffer.wrap(RedisKeys.bytes("0")))
                .next();
    }

    private static byte[] version(long version) {
        return StoredForm.version(version).getBytes(StandardCharsets.US_ASCII);
    }

    private static String attributes() {
        return IntStream.range(0, 20)
                .mapToObj(number -> "\"attribute-" + number + "\":\"" + "v".repeat(50) + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static void compare(String name, Supplier<Mono<?>> ours, Supplier<Mono<?>> theirs) {
        take(ours, theirs);
        long[][] nanos = take(ours, theirs);
        System.out.printf(
                "%s: store %.1f us, bare command %.1f us, %.2f times (medians of %d calls each)%n",
                name,
                nanos[0][TURN * TURNS / 2] / 1000.0,
                nanos[1][TURN * TURNS / 2] / 1000.0,
                (double) nanos[0][TURN * TURNS / 2] / nanos[1][TURN * TURNS / 2],
                TURN * TURNS);
    }

    private static long[][] take(Supplier<Mono<?>> ours, Supplier<Mono<?>> theirs) {
        long[][] nanos = new long[2][TURN * TURNS];
        for (int turn = 0; turn < TURNS; turn++) {
            turn(ours, nanos[0], turn);
            turn(theirs, nanos[1], turn);
        }
        Arrays.sort(nanos[0]);
        Arrays.sort(nanos[1]);
        return nanos;
    }

    private static void turn(Supplier<Mono<?>> calls, long[] nanos, int turn) {
        for (int call = turn * TURN; call < (turn + 1) * TURN; call++) {
            long begun = System.nanoTime();
            calls.get().block(Duration.ofSeconds(10));
            nanos[call] = System.nanoTime() - begun;
        }
    }

    /** Shows the connection of the factory. */
    private static final class BareConnection extends LettuceConnectionFactory {

        BareConnection(int port) {
            super("127.0.0.1", port);
            setEagerInitialization(true);
            start();
        }

        RedisReactiveCommands<ByteBuffer, ByteBuffer> bare() {
            return ((StatefulRedisConnection<ByteBuffer, ByteBuffer>) getSharedReactiveConnection()).reactive();
        }
    }
}
