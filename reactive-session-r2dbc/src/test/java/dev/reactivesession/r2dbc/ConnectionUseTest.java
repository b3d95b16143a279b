package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.test.Race;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

class ConnectionUseTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void withoutAPoolEveryOperationOpensAConnectionAndClosesIt() {
        ConnectionFactory connections = Postgresql.connections();
        R2dbcSessionStore store = R2dbcSessionStore.of(connections, Table.createdOn(connections));
        SessionRecord record = Samples.session();
        assertThat(store.insert(record).block(PATIENCE)).isTrue();
        assertThat(store.find(record.id()).block(PATIENCE)).isEqualTo(record);
        assertThat(Race.of(8, caller -> store.update(Samples.next(record), 1))).containsOnlyOnce(true);
        assertThat(store.touch(record.id(), Samples.START, record.expiresAt().plusSeconds(1))
                        .block(PATIENCE))
                .isTrue();
        List<SessionId> expired =
                store.expired(record.expiresAt().plusSeconds(1)).collectList().block(PATIENCE);
        assertThat(store.deleteExpired(
                                Objects.requireNonNull(expired),
                                record.expiresAt().plusSeconds(1))
                        .collectList()
                        .block(PATIENCE))
                .containsExactly(record.id());
        assertThat(store.deleteByPrincipal("alice", null).collectList().block(PATIENCE))
                .isEmpty();
        assertThat(store.deleteAll().block(PATIENCE)).isZero();
    }

    @Test
    void aPoolOfOneConnectionIsEnoughAndGetsItBackAfterEveryCancel() {
        ConnectionPool pool = Postgresql.pool(1);
        R2dbcSessionStore store = R2dbcSessionStore.of(pool, Table.createdOn(pool));
        for (int round = 0; round < 200; round++) {
            store.insert(Samples.session()).subscribe().dispose();
        }
        store.expired(Samples.START.plus(Samples.IDLE)).take(1).blockLast(PATIENCE);
        SessionRecord record = Samples.session();
        assertThat(store.insert(record).block(PATIENCE)).isTrue();
        assertThat(store.find(record.id()).block(PATIENCE)).isEqualTo(record);
    }

    @Test
    void aTransactionOfTheCallerThatIsRolledBackTakesNoSessionWithIt() {
        ConnectionPool pool = Postgresql.pool(4);
        R2dbcSessionStore store = R2dbcSessionStore.of(pool, Table.createdOn(pool));
        SessionRecord record = Samples.session();
        TransactionalOperator transaction = TransactionalOperator.create(new R2dbcTransactionManager(pool));
        Mono<Boolean> rolledBack = transaction
                .execute(status -> store.insert(record).doOnNext(done -> status.setRollbackOnly()))
                .next();
        assertThat(rolledBack.block(PATIENCE)).isTrue();
        assertThat(store.find(record.id()).block(PATIENCE)).isEqualTo(record);
    }

    @Test
    void sixteenClientsRaiseOneRowWithoutLosingAnUpdate() {
        ConnectionPool pool = Postgresql.pool(16);
        R2dbcSessionStore store = R2dbcSessionStore.of(pool, Table.createdOn(pool));
        SessionRecord record = Samples.session();
        store.insert(record).block(PATIENCE);
        Race.of(16, client -> raise(store, record.id()).repeat(49).count());
        assertThat(store.find(record.id()).block(PATIENCE))
                .extracting(SessionRecord::version)
                .isEqualTo(1L + 16 * 50);
    }

    private static Mono<Boolean> raise(R2dbcSessionStore store, SessionId id) {
        return store.find(id)
                .flatMap(record -> store.update(Samples.next(record), record.version()))
                .filter(Boolean::booleanValue)
                .repeatWhenEmpty(again -> again);
    }
}
