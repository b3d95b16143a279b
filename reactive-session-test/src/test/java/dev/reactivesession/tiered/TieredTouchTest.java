package dev.reactivesession.tiered;

import static dev.reactivesession.tiered.Records.IDLE;
import static dev.reactivesession.tiered.Records.saved;
import static dev.reactivesession.tiered.Records.session;
import static dev.reactivesession.tiered.TwoTiers.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.tiered.TieredSettings;
import dev.reactivesession.test.StoreOperation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Touches that the durable store does not know yet end no session early, and keep none alive too long. */
class TieredTouchTest {

    private static final Duration LAG = TieredSettings.defaults().touchLag();

    private final TwoTiers tiers = new TwoTiers(TieredSettings.defaults());

    private final SessionRecord first = session(1);

    @Test
    void theDurableStoreNeverLagsBehindByMoreThanTheBound() {
        tiers.stored(first);
        for (int minute = 1; minute <= 60; minute++) {
            SessionRecord used = usedAgainAfter(Duration.ofMinutes(1));
            assertThat(tiers.find(first)).contains(used);
            assertThat(tiers.durably(first).orElseThrow().expiresAt())
                    .isAfter(used.expiresAt().minus(LAG));
            assertThat(tiers.durably(first).orElseThrow().lastAccessedAt())
                    .isAfter(used.lastAccessedAt().minus(LAG));
        }
        assertThat(tiers.durable().count(StoreOperation.TOUCH)).isLessThanOrEqualTo(20);
    }

    @Test
    void aSessionOutlivesTheDeadlineOfTheDurableStore() {
        tiers.stored(first);
        SessionRecord used = usedAgainAfter(Duration.ofMinutes(2));
        assertThat(tiers.durably(first)).contains(first);
        tiers.clock().set(first.expiresAt().plusSeconds(1));
        assertThat(tiers.find(first)).contains(used);
        assertThat(tiers.findOnOtherNode(first)).contains(used);
        assertThat(tiers.durably(first)).contains(used);
    }

    @Test
    void aSaveAfterTheDeadlineOfTheDurableStoreIsKept() {
        tiers.stored(first);
        usedAgainAfter(Duration.ofMinutes(2));
        Instant late = first.expiresAt().plusSeconds(1);
        tiers.clock().set(late);
        SessionRecord second = saved(first, late, "late");
        assertThat(tiers.update(second)).isTrue();
        assertThat(tiers.find(first)).contains(second);
        assertThat(tiers.durably(first)).contains(second);
    }

    @Test
    void aTouchAfterTheDeadlineOfTheDurableStoreIsKept() {
        tiers.stored(first);
        usedAgainAfter(Duration.ofMinutes(2));
        tiers.clock().set(first.expiresAt());
        SessionRecord touched =
                first.touched(first.expiresAt(), first.expiresAt().plus(IDLE));
        assertThat(tiers.touch(touched)).isTrue();
        assertThat(tiers.find(first)).contains(touched);
    }

    @Test
    void nothingIsBroughtBackAfterItsOwnDeadline() {
        tiers.stored(first);
        SessionRecord used = usedAgainAfter(Duration.ofMinutes(2));
        tiers.clock().set(used.expiresAt());
        assertThat(tiers.touch(used.touched(used.expiresAt(), used.expiresAt().plus(IDLE))))
                .isFalse();
        assertThat(tiers.update(saved(first, used.expiresAt(), "too late"))).isFalse();
        assertThat(tiers.find(first).filter(found -> !found.isExpiredAt(used.expiresAt())))
                .isEmpty();
    }

    @Test
    void aSweepSparesWhatOnlyTheCacheKnowsToBeAlive() {
        tiers.stored(first);
        SessionRecord used = usedAgainAfter(Duration.ofMinutes(2));
        tiers.clock().set(first.expiresAt());
        assertThat(swept(first.expiresAt())).isEmpty();
        assertThat(tiers.find(first)).contains(used);
        assertThat(swept(used.expiresAt())).containsExactly(first.id());
        assertThat(tiers.find(first)).isEmpty();
    }

    @Test
    void aSweepThatCannotAskTheCacheSparesWhatMayBeAlive() {
        tiers.stored(first);
        usedAgainAfter(Duration.ofMinutes(2));
        tiers.cacheFails(StoreOperation.FIND);
        assertThat(swept(first.expiresAt())).isEmpty();
        assertThat(swept(first.expiresAt().plus(LAG))).containsExactly(first.id());
    }

    @Test
    void aSweepEmptiesTheCacheOfWhatExpiredThere() {
        tiers.stored(first);
        assertThat(swept(first.expiresAt())).containsExactly(first.id());
        assertThat(tiers.cached(first)).isEmpty();
        assertThat(tiers.find(first)).isEmpty();
    }

    @Test
    void theCacheAloneEndsNoSession() {
        tiers.stored(first);
        SessionRecord touchedElsewhere = tiers.later(first, 600);
        result(tiers.durableBehind()
                .touch(first.id(), touchedElsewhere.lastAccessedAt(), touchedElsewhere.expiresAt()));
        tiers.clock().set(first.expiresAt());
        assertThat(tiers.find(first)).contains(touchedElsewhere);
    }

    @Test
    void aLostCacheCostsAtMostTheLag() {
        tiers.stored(first);
        SessionRecord used = usedAgainAfter(Duration.ofMinutes(2));
        result(tiers.cacheBehind().deleteAll());
        assertThat(tiers.find(first).orElseThrow().expiresAt())
                .isAfter(used.expiresAt().minus(LAG))
                .isBeforeOrEqualTo(used.expiresAt());
    }

    private SessionRecord usedAgainAfter(Duration pause) {
        Instant now = tiers.clock().advance(pause);
        SessionRecord before = tiers.find(first).orElseThrow();
        SessionRecord used = before.touched(now, now.plus(IDLE));
        assertThat(tiers.touch(used)).isTrue();
        return used;
    }

    private List<SessionId> swept(Instant now) {
        return result(tiers.sweep()
                .expired(now)
                .collectList()
                .flatMap(ids -> tiers.sweep().deleteExpired(ids, now).collectList()));
    }
}
