package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.test.Race;
import io.r2dbc.pool.ConnectionPool;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/**
 * Sweeps of a table of 1,000,000 sessions of 1 KB of which half have expired, in no order of the heap. Prints the
 * figures in docs/store-postgresql.md.
 */
@Tag("large")
@ExtendWith(NoDeadlocks.class)
class SweepScaleTest {

    private static final int SESSIONS = Integer.getInteger("sweep.rows");

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private static final Instant LATER = Instant.parse("2040-01-01T00:00:00Z");

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final long MEGABYTE = 1 << 20;

    private final ConnectionPool pool = Postgresql.pool(12);

    private final R2dbcSessionSettings settings = Table.createdOn(pool);

    private final Sql sql = new Sql(pool);

    private final Population population = new Population(sql, settings);

    @AfterEach
    void drop() {
        sql.run("drop table " + settings.table() + " cascade");
    }

    @Test
    void aSweepBesideOneDeleteOfTheSameRows() {
        compare("first sweep of the process");
        for (int round = 0; round < 10; round++) {
            rate(SESSIONS / 20, this::sweep);
        }
        compare("after ten small sweeps");
        compare("once more");
    }

    private void compare(String when) {
        long single = rate(SESSIONS, this::deleteInOneStatement);
        long swept = rate(SESSIONS, this::sweep);
        System.out.printf(
                "SWEEP: %s: one DELETE %,d rows/s, sweep %,d rows/s, ratio %.2f%n",
                when, single, swept, (double) swept / single);
    }

    @Test
    void aSweepNeedsNoMoreHeapForMoreExpiredSessions() {
        population.of(SESSIONS, 1024, 2);
        long before = heapInUse();
        AtomicLong most = new AtomicLong();
        AtomicLong batches = new AtomicLong();
        long removed = sweep(R2dbcSessionStore.of(pool, settings), () -> {
            if (batches.incrementAndGet() % 25 == 0) {
                most.accumulateAndGet(heapInUse(), Math::max);
            }
        });
        long growth = (most.get() - before) / MEGABYTE;
        System.out.printf("SWEEP: %,d sessions removed with a heap growth of %d MB%n", removed, growth);
        assertThat(growth).isLessThan(32);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void sweepersShareTheWorkWhileClientsTouchTheLiving(int sweepers) {
        population.of(SESSIONS, 1024, 2).extendedSinceLooked(10);
        long alive = sql.number("select count(*) from " + settings.table() + " where expires_at > '" + NOW + "'");
        long expired = population.sessions() - alive;
        List<TouchingClient> clients = List.of(client("sweep_at <= '" + NOW + "'"), client("true"));
        touches(clients, 2);
        print("no sweeper", touches(clients, 3));
        AtomicInteger sweeping = new AtomicInteger(sweepers);
        long began = System.nanoTime();
        List<long[]> outcomes = Race.of(
                sweepers + clients.size(),
                number -> number < sweepers
                        ? sweeper().doFinally(end -> sweeping.decrementAndGet())
                        : clients.get(number - sweepers).touchesWhile(() -> sweeping.get() > 0, NOW, LATER));
        List<Long> removed = outcomes.subList(0, sweepers).stream()
                .map(outcome -> outcome[0])
                .toList();
        print(
                sweepers + " sweepers that removed " + removed + " in " + (System.nanoTime() - began) / 1_000_000
                        + " ms",
                outcomes.subList(sweepers, outcomes.size()));
        assertThat(removed.stream().mapToLong(Long::longValue).sum()).isEqualTo(expired);
        assertThat(population.sessions()).isEqualTo(alive);
    }

    private Mono<long[]> sweeper() {
        R2dbcSessionStore store = R2dbcSessionStore.of(Postgresql.pool(3), settings);
        return Mono.fromSupplier(() -> new long[] {sweep(store, () -> {})});
    }

    private TouchingClient client(String which) {
        return new TouchingClient(
                R2dbcSessionStore.of(Postgresql.pool(1), settings),
                sql
                        .column(
                                "select id from " + settings.table() + " where expires_at > '" + NOW + "' and " + which
                                        + " limit 20000",
                                UUID.class)
                        .stream()
                        .map(RecordRows::id)
                        .toList());
    }

    private static List<long[]> touches(List<TouchingClient> clients, int seconds) {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        return Race.of(
                clients.size(), number -> clients.get(number).touchesWhile(() -> System.nanoTime() < end, NOW, LATER));
    }

    private static void print(String beside, List<long[]> touches) {
        System.out.printf("SWEEP: beside %s: %s%n", beside, TouchingClient.summary(touches));
    }

    private long rate(int sessions, ToLongFunction<R2dbcSessionSettings> removal) {
        R2dbcSessionSettings table = Table.createdOn(pool);
        Population rows = new Population(sql, table);
        sql.run("alter table " + table.table() + " set (autovacuum_enabled = off)");
        long before = rows.of(sessions, 1024, 2).sessions();
        long began = System.nanoTime();
        long removed = removal.applyAsLong(table);
        long took = System.nanoTime() - began;
        assertThat(rows.sessions()).isEqualTo(before - removed);
        sql.run("drop table " + table.table() + " cascade");
        return removed * 1_000_000_000L / took;
    }

    private long deleteInOneStatement(R2dbcSessionSettings table) {
        return sql.run("delete from " + table.table() + " where expires_at <= '" + NOW + "'");
    }

    private long sweep(R2dbcSessionSettings table) {
        return sweep(R2dbcSessionStore.of(pool, table), () -> {});
    }

    private static long sweep(R2dbcSessionStore store, Runnable afterBatch) {
        return store.expired(NOW)
                .buffer(1000)
                .concatMap(ids -> store.deleteExpired(ids, NOW).count().doOnNext(count -> afterBatch.run()), 1)
                .reduce(0L, Long::sum)
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    private static long heapInUse() {
        ManagementFactory.getMemoryMXBean().gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
