package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionId;
import dev.reactivesession.test.Race;
import io.r2dbc.pool.ConnectionPool;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sweeps of a table of 1,000,000 sessions of 1 KB of which half have expired, in no order of the heap. Prints the figures in README.md. */
@Tag("large")
@ExtendWith(NoDeadlocks.class)
class SweepScaleTest {

    private static final int SESSIONS = Integer.getInteger("sweep.rows");

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private static final Instant LATER = Instant.parse("2040-01-01T00:00:00Z");

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final int SWEEPERS = 4;

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
        for (int round = 1; round <= 2; round++) {
            long single = rate(this::deleteInOneStatement);
            long swept = rate(table -> sweep(R2dbcSessionStore.of(pool, table), () -> {}));
            System.out.printf(
                    "SWEEP: round %d, one DELETE %,d rows/s, sweep %,d rows/s, ratio %.2f%n",
                    round, single, swept, (double) swept / single);
        }
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

    @Test
    void fourSweepersShareTheWorkWhileClientsTouchTheLiving() {
        population.of(SESSIONS, 1024, 2);
        List<SessionId> living = sql
                .column(
                        "select id from " + settings.table() + " where expires_at > '" + NOW + "' limit 20000",
                        UUID.class)
                .stream()
                .map(RecordRows::id)
                .toList();
        long alive = sql.number("select count(*) from " + settings.table() + " where expires_at > '" + NOW + "'");
        long expired = population.sessions() - alive;
        AtomicBoolean swept = new AtomicBoolean();
        AtomicLong longest = new AtomicLong();
        List<Long> outcomes = Race.of(
                SWEEPERS + 1,
                number -> number < SWEEPERS
                        ? Mono.fromSupplier(() -> sweep(R2dbcSessionStore.of(pool, settings), () -> {}))
                                .doFinally(end -> swept.set(true))
                        : touches(living, swept, longest));
        assertThat(outcomes.subList(0, SWEEPERS).stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(expired);
        assertThat(population.sessions()).isEqualTo(alive);
        System.out.printf(
                "SWEEP: %d sweepers removed %s; %,d touches meanwhile, the longest took %d ms%n",
                SWEEPERS, outcomes.subList(0, SWEEPERS), outcomes.get(SWEEPERS), longest.get() / 1_000_000);
    }

    private Mono<Long> touches(List<SessionId> living, AtomicBoolean swept, AtomicLong longest) {
        R2dbcSessionStore store = R2dbcSessionStore.of(Postgresql.pool(2), settings);
        return Flux.fromIterable(living)
                .concatMap(id -> timed(store.touch(id, NOW, LATER), longest))
                .takeUntil(touched -> swept.get())
                .count();
    }

    private static Mono<Boolean> timed(Mono<Boolean> operation, AtomicLong longest) {
        return Mono.defer(() -> {
            long began = System.nanoTime();
            return operation.doOnNext(done -> longest.accumulateAndGet(System.nanoTime() - began, Math::max));
        });
    }

    private long rate(ToLongFunction<R2dbcSessionSettings> removal) {
        R2dbcSessionSettings table = Table.createdOn(pool);
        Population rows = new Population(sql, table);
        sql.run("alter table " + table.table() + " set (autovacuum_enabled = off)");
        long before = rows.of(SESSIONS, 1024, 2).sessions();
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
