package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionException.Unavailable;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import io.r2dbc.pool.ConnectionPool;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A hundred thousand operations on a server that refuses connections, or does not answer. Prints the figures in
 * docs/store-postgresql.md.
 */
@Tag("large")
class OutageScaleTest {

    private static final int OPERATIONS = 100_000;

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final long MEGABYTE = 1 << 20;

    private final R2dbcSessionSettings settings =
            Table.createdOn(Postgresql.connections()).withStatementTimeout(Duration.ofSeconds(2));

    private WireProxy wire = new WireProxy(Postgresql.options());

    private final ConnectionPool pool = Postgresql.pool(wire.connections(), 10);

    @AfterEach
    void close() throws IOException {
        pool.dispose();
        wire.close();
    }

    @ParameterizedTest
    @CsvSource({"14, refuses", "14, is frozen", "0, refuses", "0, is frozen"})
    void anOutageCostsNoMemoryAndLittleTime(int connections, String server) throws IOException {
        R2dbcSessionStore store = R2dbcSessionStore.of(pool, settings.withConnections(connections));
        SessionRecord record = Samples.session();
        store.insert(record).block(PATIENCE);
        long before = heapInUse();
        int port = wire.port();
        if (server.equals("refuses")) {
            wire.close();
        } else {
            wire.freeze(true);
        }
        long[] first = times(store, record.id(), 1000);
        long[] later = times(store, record.id(), OPERATIONS);
        long growth = (heapInUse() - before) / MEGABYTE;
        if (server.equals("refuses")) {
            wire = new WireProxy(Postgresql.options(), port);
        } else {
            wire.freeze(false);
        }
        long began = System.nanoTime();
        store.find(record.id())
                .retryWhen(reactor.util.retry.Retry.fixedDelay(1000, Duration.ofMillis(10)))
                .block(PATIENCE);
        System.out.printf(
                "OUTAGE: %s, the server %s: the first 1,000 operations median %d ms, longest %d ms;"
                        + " %,d later ones median %d us, 99 %% within %d us; heap grew by %d MB;"
                        + " a find %d ms after its return%n",
                connections == 0 ? "application's pool" : "own connections",
                server,
                first[500] / 1_000_000,
                first[999] / 1_000_000,
                OPERATIONS,
                later[OPERATIONS / 2] / 1000,
                later[OPERATIONS / 100 * 99] / 1000,
                growth,
                (System.nanoTime() - began) / 1_000_000);
        assertThat(growth).isLessThan(32);
    }

    private static long[] times(R2dbcSessionStore store, SessionId id, int operations) {
        long[] times = Flux.range(0, operations)
                .flatMap(number -> failed(store.find(id)), 1000)
                .collectList()
                .map(all -> all.stream().mapToLong(Long::longValue).toArray())
                .blockOptional(PATIENCE)
                .orElseThrow();
        Arrays.sort(times);
        assertThat(times).hasSize(operations);
        return times;
    }

    private static Mono<Long> failed(Mono<SessionRecord> operation) {
        return Mono.defer(() -> {
            long began = System.nanoTime();
            return operation
                    .<Long>then(Mono.empty())
                    .onErrorResume(Unavailable.class, error -> Mono.just(System.nanoTime() - began));
        });
    }

    private static long heapInUse() {
        ManagementFactory.getMemoryMXBean().gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
