package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionId;
import io.r2dbc.pool.ConnectionPool;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Touches and saves change no indexed column, so PostgreSQL rewrites no index for them. */
class HotUpdateTest {

    private static final Instant ACCESSED = Instant.parse("2026-01-01T01:00:00Z");

    private static final Instant EXPIRES = Instant.parse("2036-01-02T00:00:00Z");

    private static final int CLIENTS = 16;

    private final ConnectionPool pool = Postgresql.pool(CLIENTS);

    private final R2dbcSessionSettings settings = Table.createdOn(pool);

    private final R2dbcSessionStore store = R2dbcSessionStore.of(pool, settings);

    private final Sql sql = new Sql(pool);

    /** On so many sessions that a page seldom has to be pruned, which a busy machine may put off. */
    @Test
    void touchesAndSavesAreHotUpdates() {
        assertThat(hotRatio(20_000, 2_000)).isGreaterThanOrEqualTo(0.95);
    }

    @Tag("large")
    @Test
    void twoHundredThousandTouchesAndSavesOfFiftyThousandSessionsAreHotUpdates() {
        long began = System.nanoTime();
        double ratio = hotRatio(50_000, 200_000);
        System.out.printf(
                "HOT: 200,000 mixed touches and saves on 50,000 sessions of 1 KB, %.1f %% HOT, %,d s%n",
                100 * ratio, (System.nanoTime() - began) / 1_000_000_000);
        assertThat(ratio).isGreaterThanOrEqualTo(0.95);
    }

    private double hotRatio(int sessions, int operations) {
        new Population(sql, settings).of(sessions, 1024, Integer.MAX_VALUE);
        List<UUID> keys = sql.column("select id from " + settings.table(), UUID.class);
        Flux.range(0, operations)
                .flatMap(number -> touchOrSave(randomOf(keys), number), CLIENTS)
                .blockLast(Duration.ofMinutes(10));
        return ratio(operations);
    }

    // Every second one is a touch; a save that somebody overtook is no update, and is tried on another session.
    private Mono<Boolean> touchOrSave(SessionId id, int number) {
        return number % 2 == 0
                ? store.touch(id, ACCESSED.plusMillis(number), EXPIRES.plusMillis(number))
                : store.find(id).flatMap(record -> store.update(Samples.next(record), record.version()));
    }

    private static SessionId randomOf(List<UUID> keys) {
        return RecordRows.id(keys.get(ThreadLocalRandom.current().nextInt(keys.size())));
    }

    private double ratio(int operations) {
        String statistics = " from pg_stat_user_tables where relname = '" + settings.table() + "'";
        store.close().then(pool.disposeLater()).block(Duration.ofSeconds(10));
        Sql own = new Sql(Postgresql.connections());
        // The server counts what a connection did a moment after it was closed.
        long updated = Mono.fromSupplier(() -> own.number("select n_tup_upd" + statistics))
                .subscribeOn(Schedulers.boundedElastic())
                .filter(counted -> counted >= operations * 9L / 10)
                .repeatWhenEmpty(again -> again.delayElements(Duration.ofMillis(20)))
                .blockOptional(Duration.ofSeconds(30))
                .orElseThrow();
        assertThat(updated).as("updates counted").isLessThanOrEqualTo(operations);
        return (double) own.number("select n_tup_hot_upd" + statistics) / updated;
    }
}
