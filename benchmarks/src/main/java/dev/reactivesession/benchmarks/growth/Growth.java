package dev.reactivesession.benchmarks.growth;

import dev.reactivesession.benchmarks.server.Postgresql;
import dev.reactivesession.benchmarks.server.Redis;
import dev.reactivesession.r2dbc.R2dbcSessionSettings;
import dev.reactivesession.r2dbc.R2dbcSessionStore;
import dev.reactivesession.r2dbc.SessionSchema;
import dev.reactivesession.redis.RedisSessionSettings;
import dev.reactivesession.redis.RedisSessionStore;
import dev.reactivesession.store.SessionStore;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.publisher.Mono;

/**
 * Fills a store step by step, and measures at each step: one operation after the other, on sessions chosen at random,
 * through the store.
 */
public final class Growth {

    private static final int OPERATIONS = 3_000;

    private static final int WARM_UPS = 5;

    private static final int CONNECTIONS = 16;

    private static final long LATE = 100_000;

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Duration ONE = Duration.ofSeconds(10);

    private final RandomGenerator random = RandomGenerator.of("SplittableRandom");

    private final String name;

    private final SessionStore store;

    private final LongSupplier bytes;

    private final Filling filling;

    private long stored;

    private long uses = 100;

    private Growth(String name, SessionStore store, LongSupplier bytes, Filling filling) {
        this.name = name;
        this.store = store;
        this.bytes = bytes;
        this.filling = filling;
    }

    /**
     * Measures and prints.
     *
     * @param arguments the numbers of sessions, ascending; without any 1,000, 100,000 and 5,000,000
     */
    public static void main(String... arguments) {
        long[] sizes = arguments.length == 0
                ? new long[] {1_000, 100_000, 5_000_000}
                : Arrays.stream(arguments).mapToLong(Long::parseLong).toArray();
        print(String.format(
                "%-12s%12s%10s%10s%10s%16s%10s",
                "store", "sessions", "find us", "save us", "touch us", "B/session", "payload"));
        redis(sizes);
        postgresql(sizes);
        System.exit(0);
    }

    private static void redis(long... sizes) {
        try (Redis server = Redis.start()) {
            LettuceConnectionFactory connections = new LettuceConnectionFactory("127.0.0.1", server.port());
            connections.afterPropertiesSet();
            connections.start();
            SessionStore store = RedisSessionStore.create(connections, RedisSessionSettings.defaults());
            long empty = server.usedMemory();
            new Growth("Redis", store, () -> server.usedMemory() - empty, Filling.through(store)).through(sizes);
            connections.destroy();
        }
    }

    private static void postgresql(long... sizes) {
        try (Postgresql server = Postgresql.start()) {
            ConnectionPool pool = new ConnectionPool(ConnectionPoolConfiguration.builder(ConnectionFactories.get(
                            "r2dbc:postgresql://postgres:postgres@127.0.0.1:" + server.port() + "/postgres"))
                    .maxSize(CONNECTIONS)
                    .build());
            R2dbcSessionSettings settings = R2dbcSessionSettings.defaults().withStatementTimeout(Duration.ofMinutes(1));
            SessionSchema.of(pool, settings).create().block(PATIENCE);
            new Growth(
                            "PostgreSQL",
                            R2dbcSessionStore.of(pool, settings),
                            () -> {
                                server.execute("VACUUM ANALYZE " + settings.table());
                                return server.number("SELECT pg_total_relation_size('" + settings.table() + "')");
                            },
                            Filling.of(server, settings.table()))
                    .through(sizes);
            pool.dispose();
        }
    }

    private void through(long... sizes) {
        for (long size : sizes) {
            fillTo(size);
            long perSession = bytes.getAsLong() / stored;
            warmUp();
            print(String.format(
                    Locale.ROOT,
                    "%-12s%,12d%10.1f%10.1f%10.1f%,16d%,10d",
                    name,
                    size,
                    times(number -> store.find(Records.id(number))),
                    times(this::save),
                    times(this::touch),
                    perSession,
                    Records.PAYLOAD));
        }
    }

    /** Of the code, and of what was just filled. */
    private void warmUp() {
        for (int time = 0; time < WARM_UPS; time++) {
            times(number -> store.find(Records.id(number)));
            times(this::save);
            times(this::touch);
        }
    }

    private Mono<?> touch(long number) {
        return store.touch(Records.id(number), Records.accessed(++uses), Records.accessed(LATE));
    }

    private void fillTo(long size) {
        filling.fill(stored, size);
        stored = size;
    }

    /** A save as a request makes it: read, then conditionally replaced. */
    private Mono<?> save(long number) {
        return store.find(Records.id(number))
                .flatMap(there -> store.update(Records.record(number, there.version() + 1), there.version()));
    }

    private double times(LongFunction<Mono<?>> operation) {
        long[] nanos = new long[OPERATIONS];
        for (int index = 0; index < OPERATIONS; index++) {
            long number = random.nextLong(stored);
            long begin = System.nanoTime();
            operation.apply(number).block(ONE);
            nanos[index] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        return nanos[OPERATIONS / 2] / 1e3;
    }

    @SuppressWarnings("SystemOut")
    private static void print(String line) {
        System.out.println(line);
    }
}
