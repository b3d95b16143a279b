package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionException.Unavailable;
import dev.reactivesession.store.SessionRecord;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** A server that does not answer gives a typed error in time, and nothing has to be started again when it does. */
class TimeoutTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration BOUND = Duration.ofMillis(300);

    private final ConnectionPool setUp = Postgresql.pool(2);

    private final R2dbcSessionSettings settings =
            Table.createdOn(setUp).withStatementTimeout(BOUND).withSweepTimeout(BOUND);

    private final SessionRecord record = Samples.session();

    @Test
    void aFrozenServerIsUnavailableForEveryOperationWithinTheBound() throws Exception {
        try (WireProxy wire = new WireProxy(Postgresql.options())) {
            ConnectionPool pool = Postgresql.pool(wire.connections(), 2);
            R2dbcSessionStore store = R2dbcSessionStore.of(pool, settings.withStatementTimeout(PATIENCE));
            store.insert(record).block(PATIENCE);
            R2dbcSessionStore bounded = R2dbcSessionStore.of(pool, settings);
            wire.freeze(true);
            for (Mono<?> operation : List.of(
                    bounded.find(record.id()),
                    bounded.insert(Samples.session()),
                    bounded.update(Samples.next(record), 1),
                    bounded.delete(record.id()),
                    bounded.countByPrincipal("alice"),
                    bounded.expired(Samples.START).collectList())) {
                assertUnavailable(operation);
            }
            wire.freeze(false);
            assertThat(store.find(Samples.session().id()).hasElement().block(PATIENCE))
                    .isFalse();
            assertThat(store.insert(Samples.session()).block(PATIENCE)).isTrue();
            pool.dispose();
        }
    }

    @Test
    void aRowThatATransactionHasLockedIsUnavailableWithinTheBoundAndGoodAgainAfterIt() {
        R2dbcSessionStore store = R2dbcSessionStore.of(Postgresql.pool(4), settings);
        R2dbcSessionStore patient = R2dbcSessionStore.of(setUp, settings.withStatementTimeout(PATIENCE));
        patient.insert(record).block(PATIENCE);
        Mono<Throwable> failure = Mono.usingWhen(
                setUp.create(),
                connection -> locked(connection)
                        .then(store.touch(record.id(), Samples.START, record.expiresAt()))
                        .then(Mono.<Throwable>empty())
                        .onErrorResume(Mono::just),
                connection -> Mono.from(connection.rollbackTransaction()).then(Mono.from(connection.close())));
        assertThat(failure.block(PATIENCE)).isInstanceOf(Unavailable.class).hasMessageContaining("statement-timeout");
        assertThat(patient.touch(record.id(), Samples.START, record.expiresAt()).block(PATIENCE))
                .isTrue();
    }

    @Test
    void aStatementThatTheServerEndsAfterItsOwnTimeoutIsUnavailable() {
        Failures failures = new Failures("PostgreSQL", TableName.of(settings), "the.script", BOUND, "the.setting");
        Mono<Integer> slow = Mono.usingWhen(
                setUp.create(),
                connection -> Mono.from(connection.setStatementTimeout(Duration.ofMillis(50)))
                        .thenMany(Flux.from(connection
                                .createStatement("select pg_sleep(10)")
                                .execute()))
                        .flatMap(result -> result.map((row, metadata) -> 1))
                        .then(Mono.just(1)),
                Connection::close);
        StepVerifier.create(slow.onErrorMap(failures::typed))
                .expectErrorSatisfies(error ->
                        assertThat(error).isInstanceOf(Unavailable.class).hasMessageContaining("the.setting"))
                .verify(PATIENCE);
    }

    private Mono<Void> locked(Connection connection) {
        return Mono.from(connection.beginTransaction())
                .thenMany(Flux.from(connection
                        .createStatement("select 1 from " + settings.table() + " for update")
                        .execute()))
                .flatMap(result -> result.getRowsUpdated())
                .then();
    }

    private static void assertUnavailable(Mono<?> operation) {
        StepVerifier.create(operation)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(Unavailable.class)
                        .hasMessageContaining("did not answer within PT0.3S"))
                .verify(PATIENCE);
    }
}
