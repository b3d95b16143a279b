package dev.reactivesession.r2dbc;

import static dev.reactivesession.r2dbc.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.store.SessionRecord;
import io.r2dbc.pool.ConnectionPool;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What goes over the wire, once a connection has seen a statement. */
class RoundTripTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final WireProxy wire = new WireProxy(Postgresql.options());

    private final ConnectionPool pool = Postgresql.pool(wire.connections(), 1);

    private final R2dbcSessionStore store = R2dbcSessionStore.of(pool, Table.createdOn(pool));

    @BeforeEach
    void letTheConnectionSeeEachStatement() {
        for (int round = 0; round < 2; round++) {
            SessionRecord record = inserted();
            store.find(record.id()).block(PATIENCE);
            store.update(Samples.next(record), 1).block(PATIENCE);
            store.touch(record.id(), START, record.expiresAt()).block(PATIENCE);
            store.delete(record.id()).block(PATIENCE);
        }
    }

    @AfterEach
    void close() throws Exception {
        pool.dispose();
        wire.close();
    }

    @Test
    void insertTakesOneRoundTripWithoutATransaction() {
        assertOneRoundTrip(record -> store.insert(Samples.session()));
    }

    @Test
    void findTakesOneRoundTripWithoutATransaction() {
        assertOneRoundTrip(record -> store.find(record.id()));
    }

    @Test
    void updateTakesOneRoundTripWithoutATransaction() {
        assertOneRoundTrip(record -> store.update(Samples.next(record), 1));
    }

    @Test
    void touchTakesOneRoundTripWithoutATransaction() {
        assertOneRoundTrip(record -> store.touch(record.id(), START.plusSeconds(1), record.expiresAt()));
    }

    @Test
    void deleteTakesOneRoundTripWithoutATransaction() {
        assertOneRoundTrip(record -> store.delete(record.id()));
    }

    private void assertOneRoundTrip(Function<SessionRecord, Mono<?>> operation) {
        SessionRecord record = inserted();
        wire.forget();
        operation.apply(record).block(PATIENCE);
        assertThat(wire.messages())
                .as("one sync is one round trip; no parse, as the statement is prepared; no simple query, so no BEGIN")
                .containsOnlyOnce("S")
                .contains("B", "E")
                .doesNotContain("P", "Q");
    }

    private SessionRecord inserted() {
        SessionRecord record = Samples.session();
        store.insert(record).block(PATIENCE);
        return record;
    }
}
