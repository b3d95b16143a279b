package dev.reactivesession.tiered;

import static dev.reactivesession.tiered.Records.rotated;
import static dev.reactivesession.tiered.Records.session;
import static dev.reactivesession.tiered.TwoTiers.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.SessionException;
import dev.reactivesession.store.CopiedSessions;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.tiered.NearCache;
import dev.reactivesession.store.tiered.TieredSessionStore;
import dev.reactivesession.store.tiered.TieredSettings;
import dev.reactivesession.test.StoreOperation;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A copy may only say yes: what it does not confirm is asked of the durable store. */
class RefusedTokenTest {

    private final TwoTiers tiers = new TwoTiers(TieredSettings.defaults());

    private final SessionRecord first = session(1);

    private final SessionRecord second = rotated(first);

    @Test
    void theDurableStoreKnowsTheTokenThatAnOldCopyDoesNot() {
        loggedInWithoutTheCache();
        assertThat(tiers.findOnOtherNode(first)).as("the copy").contains(first);
        assertThat(durably(tiers.otherNode())).contains(second);
    }

    @Test
    void theOldCopyIsReplacedByWhatTheDurableStoreSaid() {
        loggedInWithoutTheCache();
        assertThat(durably(tiers.otherNode())).contains(second);
        assertThat(tiers.findOnOtherNode(first)).contains(second);
        tiers.forget();
        assertThat(tiers.find(first)).contains(second);
    }

    @Test
    void theDurableStoreSaysThatASessionIsGone() {
        tiers.stored(first);
        tiers.cache().failNext(StoreOperation.FIND, 1, TwoTiers.DOWN);
        assertThat(tiers.delete(first)).isTrue();
        assertThat(tiers.findOnOtherNode(first)).as("the copy").contains(first);
        assertThat(durably(tiers.otherNode())).isEmpty();
        assertThat(tiers.findOnOtherNode(first)).isEmpty();
    }

    @Test
    void aCopyThatLooksExpiredEndsNoSession() {
        tiers.stored(first);
        SessionRecord touched = tiers.later(first, 600);
        result(tiers.durableBehind().touch(first.id(), touched.lastAccessedAt(), touched.expiresAt()));
        tiers.clock().set(first.expiresAt());
        assertThat(tiers.find(first)).contains(touched);
    }

    @Test
    void whatWasDeletedAndBegunAgainIsFound() {
        tiers.stored(first);
        assertThat(tiers.delete(first)).isTrue();
        assertThat(tiers.insert(first)).isTrue();
        assertThat(tiers.find(first)).contains(first);
        assertThat(tiers.findOnOtherNode(first)).contains(first);
    }

    @Test
    void tiersInFrontOfTiersAskTheLastOfThem() {
        loggedInWithoutTheCache();
        TieredSessionStore near = TieredSessionStore.of(
                        NearCache.holding(1 << 20, Duration.ofMinutes(5)), tiers.otherNode())
                .settings(TieredSettings.near())
                .clock(tiers.clock())
                .build();
        assertThat(near.find(first.id()).blockOptional())
                .as("the copy of a copy")
                .contains(first);
        assertThat(durably(near)).contains(second);
        assertThat(near.find(first.id()).blockOptional()).contains(second);
    }

    @Test
    void whileTheDurableStoreIsAwayNobodyIsRefused() {
        TwoTiers lenient = new TwoTiers(TieredSettings.defaults().withOutageReads(Duration.ofMinutes(10)));
        lenient.stored(first);
        lenient.durableFails(StoreOperation.FIND);
        assertThatThrownBy(() -> durably(lenient.store())).isInstanceOf(SessionException.Unavailable.class);
    }

    private void loggedInWithoutTheCache() {
        tiers.stored(first);
        tiers.cacheFails(StoreOperation.FIND, StoreOperation.UPDATE, StoreOperation.DELETE, StoreOperation.INSERT);
        assertThat(tiers.update(second)).isTrue();
    }

    private Optional<SessionRecord> durably(SessionStore node) {
        return node.power(CopiedSessions.class)
                .orElseThrow()
                .findDurable(first.id())
                .blockOptional();
    }
}
