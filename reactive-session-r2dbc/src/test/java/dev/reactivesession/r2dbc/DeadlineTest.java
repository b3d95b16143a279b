package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.SessionRecord;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/** A node whose clock is behind ends no session for the others, and a sweep can ask for the clock of the database. */
class DeadlineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Instant HOUR_AGO = Samples.START.minus(Duration.ofHours(1));

    static List<R2dbcSessionStore> stores() {
        ConnectionFactory pool = Postgresql.pool(4);
        return List.of(
                R2dbcSessionStore.of(pool, Table.createdOn(pool)),
                R2dbcSessionStore.of(pool, Table.createdOn(pool).withConnections(0)),
                R2dbcSessionStore.of(H2.memory(), Table.createdOn(H2.memory())));
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aSaveOfANodeThatIsAnHourBehindMovesNoTimeBack(R2dbcSessionStore store) {
        SessionRecord record = Samples.session();
        store.insert(record).block(PATIENCE);
        SessionRecord behind = saved(record, HOUR_AGO, Samples.IDLE);
        assertThat(store.update(behind, 1).block(PATIENCE)).isTrue();
        assertThat(store.find(record.id()).block(PATIENCE))
                .isEqualTo(behind.touched(record.lastAccessedAt(), record.expiresAt()));
    }

    @ParameterizedTest
    @MethodSource("stores")
    void savesOfThatNodeThatMeetMoveNoTimeBackEither(R2dbcSessionStore store) {
        List<SessionRecord> records = Flux.range(0, 100)
                .map(number -> Samples.session("user-" + number, "{}"))
                .flatMap(record -> store.insert(record).thenReturn(record))
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();
        Flux.fromIterable(records)
                .flatMap(record -> store.update(saved(record, HOUR_AGO, Samples.IDLE), 1), 100)
                .blockLast(PATIENCE);
        assertThat(Flux.fromIterable(records)
                        .flatMap(record -> store.find(record.id()), 100)
                        .map(SessionRecord::expiresAt)
                        .distinct()
                        .collectList()
                        .block(PATIENCE))
                .containsExactly(records.get(0).expiresAt());
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aShorterIdleTimeoutShortensTheDeadline(R2dbcSessionStore store) {
        SessionRecord record = Samples.session();
        store.insert(record).block(PATIENCE);
        SessionRecord shorter = saved(record, Samples.START, Duration.ofMinutes(1));
        assertThat(store.update(shorter, 1).block(PATIENCE)).isTrue();
        assertThat(store.find(record.id()).block(PATIENCE)).isEqualTo(shorter);
        assertThat(store.expired(shorter.expiresAt()).collectList().block(PATIENCE))
                .contains(record.id());
    }

    @ParameterizedTest
    @MethodSource("stores")
    void theClockOfTheDatabaseCanBeAsked(R2dbcSessionStore store) {
        ExpiredSessions expired = store.power(ExpiredSessions.class).orElseThrow();
        assertThat(expired.storeTime().block(PATIENCE))
                .isBetween(
                        Instant.now().minus(Duration.ofMinutes(5)),
                        Instant.now().plus(Duration.ofMinutes(5)));
    }

    private static SessionRecord saved(SessionRecord record, Instant now, Duration idle) {
        return new SessionRecord(
                record.id(),
                record.proof(),
                record.version() + 1,
                record.createdAt(),
                now,
                idle,
                now.plus(idle),
                record.principal(),
                record.payload());
    }
}
