package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.pool.ConnectionPool;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A sweep of 500,000 sessions out of 1,000,000 beside one DELETE of the same, on the same server in the same run. */
@Tag("large")
class SweepScaleTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final ConnectionPool pool = Postgresql.pool(10);

    private final Sql sql = new Sql(pool);

    @Test
    void aSweepRemovesAMillionRowsBacklogAtARateNearThatOfOneDelete() {
        for (int round = 1; round <= 3; round++) {
            long single = rate(this::deleteInOneStatement);
            long swept = rate(this::sweep);
            System.out.printf(
                    "sweep round %d: one DELETE %,d rows/s, sweep %,d rows/s, ratio %.2f%n",
                    round, single, swept, (double) swept / single);
        }
    }

    private long rate(java.util.function.ToLongFunction<R2dbcSessionSettings> removal) {
        R2dbcSessionSettings settings = Table.createdOn(pool);
        sql.run("alter table " + settings.table() + " set (autovacuum_enabled = off)");
        Population population = new Population(sql, settings).of(Integer.getInteger("sweep.rows", 1_000_000), 1024, 2);
        long before = population.sessions();
        sql.run("create extension if not exists pg_stat_statements");
        sql.column("select pg_stat_statements_reset()::text", String.class);
        long began = System.nanoTime();
        long removed = removal.applyAsLong(settings);
        long took = System.nanoTime() - began;
        sql.column(
                        "select round(total_exec_time)||'ms '||calls||' '||left(query,90) from pg_stat_statements order by total_exec_time desc limit 5",
                        String.class)
                .forEach(System.out::println);
        assertThat(population.sessions()).isEqualTo(before - removed);
        sql.run("drop table " + settings.table() + " cascade");
        return removed * 1_000_000_000L / took;
    }

    private long deleteInOneStatement(R2dbcSessionSettings settings) {
        return sql.run("delete from " + settings.table() + " where expires_at <= '" + NOW + "'");
    }

    private long sweep(R2dbcSessionSettings settings) {
        R2dbcSessionStore store = R2dbcSessionStore.of(pool, settings);
        return store.expired(NOW)
                .buffer(1000)
                .concatMap(ids -> store.deleteExpired(ids, NOW), 1)
                .count()
                .blockOptional(Duration.ofMinutes(5))
                .orElseThrow();
    }
}
