package dev.reactivesession.r2dbc;

import dev.reactivesession.store.SessionRecord;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.Connection;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Operations at once, beside the bare statement of the driver on a pool of ten, in turns. Prints the figures in
 * docs/store-postgresql.md.
 */
@Tag("large")
class ConcurrencyScaleTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int SESSIONS = 20_000;

    private static final int MILLIS = Integer.getInteger("concurrency.millis", 700);

    private static final int ROUNDS = Integer.getInteger("concurrency.rounds", 3);

    private static final List<Integer> CONCURRENCIES = Arrays.stream(
                    System.getProperty("concurrency.levels", "1,2,4,8,16,32,128,512")
                            .split(","))
            .map(Integer::valueOf)
            .toList();

    private final ConnectionPool pool = Postgresql.pool(10);

    private final R2dbcSessionSettings settings =
            Table.createdOn(pool).withConnections(Integer.getInteger("concurrency.connections", 14));

    private final R2dbcSessionStore store = R2dbcSessionStore.of(pool, settings);

    private final SingleStatements bare = new SingleStatements(
            Dialect.POSTGRESQL.rowStatements(TableName.of(settings), "", WireForm.TEXT), new RecordRows(WireForm.TEXT));

    private final List<SessionRecord> sessions = IntStream.range(0, SESSIONS)
            .mapToObj(number -> Samples.session("user-" + number, "x".repeat(1024)))
            .toList();

    private final ConcurrentMap<Integer, SessionRecord> saved = new ConcurrentHashMap<>();

    @Test
    void findsAndUpdatesAtOnce() {
        Flux.fromIterable(sessions).flatMap(store::insert, 64).blockLast(PATIENCE);
        for (int concurrency : CONCURRENCIES) {
            compare(
                    "find",
                    concurrency,
                    number -> bareFind(sessions.get(number)),
                    number -> store.find(sessions.get(number).id()));
            compare("update", concurrency, number -> bareUpdate(next(number)), number -> update(next(number)));
        }
    }

    private Mono<?> bareFind(SessionRecord record) {
        return onPool(connection -> bare.find(connection, record.id()));
    }

    private Mono<?> bareUpdate(SessionRecord next) {
        return onPool(connection -> bare.write(connection, new RowWrite.Update(next, next.version() - 1)));
    }

    private Mono<?> update(SessionRecord next) {
        return store.update(next, next.version() - 1);
    }

    private SessionRecord next(int number) {
        return saved.compute(number, (key, before) -> Samples.next(before == null ? sessions.get(number) : before));
    }

    private <T> Mono<T> onPool(Function<Connection, Mono<T>> work) {
        return Mono.usingWhen(pool.create(), work, Connection::close);
    }

    private void compare(String operation, int concurrency, IntFunction<Mono<?>> plain, IntFunction<Mono<?>> stored) {
        rate(concurrency, plain);
        rate(concurrency, stored);
        double[] ratios = new double[ROUNDS];
        double[] rates = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            double before = rate(concurrency, plain);
            rates[round] = rate(concurrency, stored);
            ratios[round] = rates[round] / ((before + rate(concurrency, plain)) / 2);
        }
        Arrays.sort(ratios);
        Arrays.sort(rates);
        System.out.printf(
                "CONCURRENCY: %s, %d at once: %,.0f/s, %.2f times the bare statement (%.2f to %.2f)%n",
                operation, concurrency, rates[ROUNDS / 2], ratios[ROUNDS / 2], ratios[0], ratios[ROUNDS - 1]);
    }

    // Each client works on sessions of its own, one operation after the other.
    private static double rate(int concurrency, IntFunction<Mono<?>> operation) {
        int share = SESSIONS / concurrency;
        long began = System.nanoTime();
        long end = began + MILLIS * 1_000_000L;
        Long done = Flux.range(0, concurrency)
                .flatMap(
                        client -> Mono.defer(() -> operation.apply(client * share
                                        + ThreadLocalRandom.current().nextInt(share)))
                                .repeat(() -> System.nanoTime() < end)
                                .count()
                                .subscribeOn(Schedulers.parallel()),
                        concurrency)
                .reduce(0L, Long::sum)
                .block(PATIENCE);
        return (done == null ? 0 : done) * 1e9 / (System.nanoTime() - began);
    }
}
