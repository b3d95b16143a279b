package dev.reactivesession.tiered;

import static dev.reactivesession.tiered.Records.IDLE;
import static dev.reactivesession.tiered.Records.session;
import static dev.reactivesession.tiered.TwoTiers.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionsByPrincipal;
import dev.reactivesession.store.tiered.TieredEvent;
import dev.reactivesession.store.tiered.TieredSettings;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** However many sessions end, the copies of the others go on answering. */
class ManySessionsEndTest {

    private static final int ENDING = 20_000;

    private static final int STAYING = 1_000;

    private final TwoTiers tiers = new TwoTiers(TieredSettings.defaults());

    private final List<SessionRecord> staying =
            LongStream.range(0, STAYING).mapToObj(ManySessionsEndTest::ofBob).toList();

    private final List<SessionRecord> ending = LongStream.range(STAYING, STAYING + ENDING)
            .mapToObj(Records::session)
            .toList();

    @BeforeEach
    void begin() {
        staying.forEach(tiers::insert);
        ending.forEach(tiers::insert);
        assertEveryReadIsAHit();
    }

    @Test
    void oneByOne() {
        ending.forEach(record -> assertThat(tiers.delete(record)).isTrue());
        assertEveryReadIsAHit();
    }

    @Test
    void allOfAUser() {
        SessionsByPrincipal users =
                tiers.store().power(SessionsByPrincipal.class).orElseThrow();
        assertThat(result(users.deleteByPrincipal("alice", null).count())).isEqualTo(ENDING);
        assertEveryReadIsAHit();
    }

    @Test
    void allThatASweepFinds() {
        Instant now = tiers.clock().instant();
        LongStream.range(0, ENDING)
                .mapToObj(number -> usedAt(session(-1 - number), now.minus(IDLE)))
                .forEach(tiers::onlyDurably);
        ExpiredSessions sweep = tiers.store().power(ExpiredSessions.class).orElseThrow();
        assertThat(result(sweep.expired(now)
                        .buffer(200)
                        .concatMap(ids -> sweep.deleteExpired(ids, now))
                        .count()))
                .isEqualTo(ENDING);
        assertEveryReadIsAHit();
    }

    private void assertEveryReadIsAHit() {
        tiers.forget();
        long found = result(Flux.fromIterable(staying)
                .concatMap(record -> tiers.store().find(record.id()))
                .count());
        assertThat(found).isEqualTo(STAYING);
        assertThat(tiers.events()).hasSize(STAYING);
        assertThat(tiers.events().stream()
                        .filter(TieredEvent.Hit.class::isInstance)
                        .count())
                .isEqualTo(STAYING);
    }

    private static SessionRecord ofBob(long number) {
        SessionRecord record = session(number);
        return new SessionRecord(
                record.id(),
                record.proof(),
                1,
                record.createdAt(),
                record.lastAccessedAt(),
                record.idleTimeout(),
                record.expiresAt(),
                "bob",
                record.payload());
    }

    private static SessionRecord usedAt(SessionRecord record, Instant used) {
        return new SessionRecord(
                record.id(), record.proof(), 1, used, used, IDLE, used.plus(IDLE), "alice", record.payload());
    }
}
