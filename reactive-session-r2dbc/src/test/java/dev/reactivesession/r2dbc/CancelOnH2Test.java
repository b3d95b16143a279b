package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.store.SessionRecord;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** H2 works on the thread that calls it, so a cancel comes while a statement runs. */
class CancelOnH2Test {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ConnectionFactory connections = H2.memory();

    private final R2dbcSessionSettings settings = Table.createdOn(connections);

    private final R2dbcSessionStore store = R2dbcSessionStore.of(connections, settings);

    private final Sql sql = new Sql(connections);

    private final SessionRecord record = Samples.session();

    @Test
    void aSaveThatIsCancelledWhileItRunsLeavesNoLockBehind() {
        store.insert(record).block(PATIENCE);
        Connection other = Mono.from(connections.create()).block(PATIENCE);
        lockTheRow(other);
        Disposable save = store.update(Samples.next(record), 1).subscribe();
        awaitStatementsThatWait(1);
        save.dispose();
        Mono.from(other.rollbackTransaction()).then(Mono.from(other.close())).block(PATIENCE);
        awaitStatementsThatWait(0);
        assertThat(store.touch(record.id(), Samples.START, record.expiresAt()).block(PATIENCE))
                .isTrue();
        assertThat(store.delete(record.id()).block(PATIENCE)).isTrue();
        assertThat(sql.number("select count(*) from \"" + settings.table() + '"'))
                .isZero();
    }

    private void lockTheRow(Connection connection) {
        Mono.from(connection.beginTransaction())
                .thenMany(Flux.from(connection
                        .createStatement("select id from \"" + settings.table() + "\" for update")
                        .execute()))
                .flatMap(result -> result.map((row, metadata) -> 1))
                .blockLast(PATIENCE);
    }

    private void awaitStatementsThatWait(long count) {
        assertThat(LongStream.generate(() -> sql.number(
                                "select count(*) from information_schema.sessions where blocker_id is not null"))
                        .limit(100_000)
                        .anyMatch(waiting -> waiting == count))
                .isTrue();
    }
}
