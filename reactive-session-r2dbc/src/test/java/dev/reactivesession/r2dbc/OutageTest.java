package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionException.Unavailable;
import dev.reactivesession.store.SessionRecord;
import io.r2dbc.pool.ConnectionPool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * While the database is away, all but a few operations are refused at once, and the first one after its return
 * succeeds.
 */
class OutageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration BOUND = Duration.ofSeconds(5);

    private final R2dbcSessionSettings settings =
            Table.createdOn(Postgresql.connections()).withStatementTimeout(BOUND);

    private final SessionRecord record = Samples.session();

    private WireProxy wire = new WireProxy(Postgresql.options());

    private final int port = wire.port();

    private final ConnectionPool pool = Postgresql.pool(wire.connections(), 10);

    @AfterEach
    void close() throws IOException {
        pool.dispose();
        wire.close();
    }

    private R2dbcSessionStore store(int connections) {
        R2dbcSessionStore store = R2dbcSessionStore.of(pool, settings.withConnections(connections));
        store.insert(record).block(PATIENCE);
        return store;
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 0})
    void theFirstOperationAfterTheReturnOfARefusingServerSucceeds(int connections) throws IOException {
        R2dbcSessionStore store = store(connections);
        wire.close();
        assertThat(failures(store, 2_000, 100)).hasSize(2_000);
        wire = new WireProxy(Postgresql.options(), port);
        assertThat(store.find(record.id()).block(PATIENCE)).isEqualTo(record);
        assertThat(store.update(Samples.next(record), 1).block(PATIENCE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 0})
    void onceAFrozenServerIsKnownOnlyAFewWaitForIt(int connections) throws IOException {
        R2dbcSessionStore store = store(connections);
        wire.freeze(true);
        assertThat(failures(store, 200, 200)).hasSize(200);
        AtomicInteger late = new AtomicInteger();
        assertThat(Flux.range(0, 500)
                        .flatMap(
                                number -> store.find(record.id())
                                        .doOnError(error -> countLate(error, late))
                                        .onErrorResume(error -> Mono.empty()),
                                500)
                        .collectList()
                        .block(PATIENCE))
                .isEmpty();
        assertThat(late.get()).as("those that waited for the bound").isLessThan(20);
        wire.freeze(false);
        assertThat(store.find(record.id())
                        .retryWhen(reactor.util.retry.Retry.fixedDelay(100, Duration.ofMillis(50)))
                        .block(PATIENCE))
                .isEqualTo(record);
    }

    private static void countLate(Throwable error, AtomicInteger late) {
        if (String.valueOf(error.getMessage()).startsWith("PostgreSQL did not answer within")) {
            late.incrementAndGet();
        }
    }

    @Test
    void aQueueThatIsFullRefusesAtOnce() throws IOException {
        R2dbcSessionStore store = store(14);
        wire.freeze(true);
        List<Throwable> failures = failures(store, 6_000, 6_000);
        assertThat(failures)
                .hasSize(6_000)
                .allSatisfy(failure -> assertThat(failure).isInstanceOf(Unavailable.class));
        assertThat(failures).anySatisfy(failure -> assertThat(failure).hasMessageContaining("which is the bound"));
        wire.freeze(false);
    }

    private List<Throwable> failures(R2dbcSessionStore store, int operations, int atOnce) {
        return Flux.range(0, operations)
                .flatMap(
                        number -> store.find(record.id())
                                .then(Mono.<Throwable>empty())
                                .onErrorResume(Mono::just),
                        atOnce)
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }
}
