package dev.reactivesession.r2dbc;

import dev.reactivesession.store.SessionRecord;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.Connection;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What the store adds to the bare statement of the driver on a pooled connection, one after the other in the same run.
 */
@Tag("large")
class LatencyScaleTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int WARM_UP = 5_000;

    private static final int ROUNDS = 20_000;

    private final ConnectionPool pool = Postgresql.pool(1);

    private final R2dbcSessionSettings settings = Table.createdOn(pool);

    private final R2dbcSessionStore store = R2dbcSessionStore.of(pool, settings);

    private final RowStatements sql = Dialect.POSTGRESQL.rowStatements(TableName.of(settings), "", WireForm.TEXT);

    private final RecordRows rows = new RecordRows(WireForm.TEXT);

    private SessionRecord record = Samples.session("alice", "x".repeat(1024));

    @Test
    void findAndUpdateBesideTheBareStatement() {
        store.insert(record).block(PATIENCE);
        measure("find", this::bareFind, () -> store.find(record.id()));
        measure("update", this::bareUpdate, () -> store.update(raised(), record.version() - 1));
    }

    private void measure(String operation, Supplier<Mono<?>> bare, Supplier<Mono<?>> stored) {
        long[] bareTimes = new long[ROUNDS];
        long[] storedTimes = new long[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            long bareTime = time(bare);
            long storedTime = time(stored);
            if (round >= 0) {
                bareTimes[round] = bareTime;
                storedTimes[round] = storedTime;
            }
        }
        System.out.printf(
                "LATENCY: %s, bare statement %,d us, store %,d us, ratio of medians %.2f%n",
                operation,
                median(bareTimes) / 1000,
                median(storedTimes) / 1000,
                (double) median(storedTimes) / median(bareTimes));
    }

    private static long time(Supplier<Mono<?>> operation) {
        long began = System.nanoTime();
        operation.get().block(PATIENCE);
        return System.nanoTime() - began;
    }

    private static long median(long[] times) {
        Arrays.sort(times);
        return times[times.length / 2];
    }

    private SessionRecord raised() {
        record = Samples.next(record);
        return record;
    }

    private Mono<?> bareFind() {
        UUID key = RecordRows.key(record.id());
        return onConnection(connection -> Flux.from(
                        connection.createStatement(sql.find()).bind(0, key).execute())
                .flatMap(result -> result.map((row, metadata) -> rows.record(row)))
                .next());
    }

    private Mono<?> bareUpdate() {
        SessionRecord next = raised();
        return onConnection(connection -> Flux.from(rows.bind(connection.createStatement(sql.update()), next)
                        .bind(9, next.version() - 1)
                        .execute())
                .flatMap(result -> result.getRowsUpdated())
                .next());
    }

    private <T> Mono<T> onConnection(java.util.function.Function<Connection, Mono<T>> work) {
        return Mono.usingWhen(pool.create(), work, Connection::close);
    }
}
