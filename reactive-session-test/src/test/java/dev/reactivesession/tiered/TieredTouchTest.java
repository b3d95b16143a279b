package dev.reactivesession.tiered;

import static dev.reactivesession.test.StoreOperation.TOUCH;
import static dev.reactivesession.tiered.Records.IDLE;
import static dev.reactivesession.tiered.Records.saved;
import static dev.reactivesession.tiered.Records.session;
import static dev.reactivesession.tiered.TwoTiers.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.tiered.TieredSettings;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The durable store has every touch, so that no cache ends a session early or keeps one alive. */
class TieredTouchTest {

    private final TwoTiers tiers = new TwoTiers(TieredSettings.defaults());

    private final SessionRecord first = session(1);

    @Test
    void theDurableStoreHasTheTouchWhenItIsAcknowledged() {
        tiers.stored(first);
        SessionRecord touched = tiers.later(first, 60);
        assertThat(tiers.touch(touched)).isTrue();
        assertThat(tiers.durably(first)).contains(touched);
        assertThat(tiers.find(first)).contains(touched);
        assertThat(tiers.findOnOtherNode(first)).contains(touched);
    }

    @Test
    void aLostCacheCostsNoTouch() {
        tiers.stored(first);
        SessionRecord touched = tiers.later(first, 60);
        assertThat(tiers.touch(touched)).isTrue();
        result(tiers.cacheBehind().deleteAll());
        assertThat(tiers.find(first)).contains(touched);
    }

    @Test
    void aTouchThatTheCacheDidNotGetIsStillShownOnThisNode() {
        tiers.stored(first);
        tiers.cacheFails(TOUCH);
        SessionRecord touched = tiers.later(first, 60);
        assertThat(tiers.touch(touched)).isTrue();
        assertThat(tiers.find(first)).contains(touched);
    }

    @Test
    void aTouchOfWhatIsGoneEndsTheCopyToo() {
        tiers.stored(first);
        assertThat(result(tiers.durableBehind().delete(first.id()))).isTrue();
        assertThat(tiers.touch(tiers.later(first, 60))).isFalse();
        assertThat(tiers.find(first)).isEmpty();
        assertThat(tiers.findOnOtherNode(first)).isEmpty();
    }

    @Test
    void nothingIsBroughtBackAfterItsDeadline() {
        tiers.stored(first);
        Instant late = tiers.clock().advance(IDLE);
        assertThat(tiers.touch(first.touched(late, late.plus(IDLE)))).isFalse();
        assertThat(tiers.update(saved(first, late, "too late"))).isFalse();
        assertThat(tiers.find(first).filter(found -> !found.isExpiredAt(late))).isEmpty();
    }

    @Test
    void aSweepSparesASessionThatWasTouchedElsewhere() {
        tiers.stored(first);
        SessionRecord touched = tiers.later(first, 60);
        result(tiers.durableBehind().touch(first.id(), touched.lastAccessedAt(), touched.expiresAt()));
        assertThat(swept(first.expiresAt())).isEmpty();
        assertThat(swept(touched.expiresAt())).containsExactly(first.id());
        assertThat(tiers.find(first)).isEmpty();
    }

    @Test
    void aSweepRemovesTheCopyToo() {
        tiers.stored(first);
        assertThat(swept(first.expiresAt())).containsExactly(first.id());
        assertThat(tiers.cached(first)).isEmpty();
        assertThat(tiers.find(first)).isEmpty();
        assertThat(tiers.findOnOtherNode(first)).isEmpty();
    }

    private List<SessionId> swept(Instant now) {
        return result(tiers.sweep()
                .expired(now)
                .collectList()
                .flatMap(ids -> tiers.sweep().deleteExpired(ids, now).collectList()));
    }
}
