package dev.reactivesession.tiered;

import static dev.reactivesession.test.StoreOperation.DELETE;
import static dev.reactivesession.test.StoreOperation.FIND;
import static dev.reactivesession.test.StoreOperation.INSERT;
import static dev.reactivesession.test.StoreOperation.TOUCH;
import static dev.reactivesession.test.StoreOperation.UPDATE;
import static dev.reactivesession.tiered.Records.saved;
import static dev.reactivesession.tiered.Records.session;
import static dev.reactivesession.tiered.TwoTiers.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionException;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.tiered.TieredEvent;
import dev.reactivesession.store.tiered.TieredEvent.Reason;
import dev.reactivesession.store.tiered.TieredSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each operation costs. */
class TieredCallsTest {

    private final TwoTiers tiers = new TwoTiers(TieredSettings.defaults());

    private final SessionRecord first = session(1);

    private static final SessionException TOO_LARGE = new SessionException.TooLarge("too large", Map.of());

    @Test
    void aReadThatHitsIsOneCacheCommand() {
        tiers.stored(first);
        assertThat(tiers.find(first)).contains(first);
        tiers.cache().assertCalls(FIND);
        tiers.durable().assertNoCalls();
        assertThat(tiers.events()).containsExactly(new TieredEvent.Hit(first.id()));
    }

    @Test
    void aSaveIsOneDurableStatementAndOneCacheCommandMoreThanTheLoad() {
        tiers.stored(first);
        assertThat(tiers.find(first)).contains(first);
        tiers.forget();
        assertThat(tiers.update(saved(first))).isTrue();
        tiers.durable().assertCalls(UPDATE);
        tiers.cache().assertCalls(UPDATE);
    }

    @Test
    void aSessionBeginsWithOneStatementAndOneCommand() {
        assertThat(tiers.insert(first)).isTrue();
        tiers.durable().assertCalls(INSERT);
        tiers.cache().assertCalls(INSERT);
    }

    @Test
    void aSessionEndsWithOneStatementAndTwoCommandsForTheTombstone() {
        tiers.stored(first);
        assertThat(tiers.delete(first)).isTrue();
        tiers.durable().assertCalls(DELETE);
        tiers.cache().assertCalls(FIND, UPDATE);
    }

    @Test
    void aReadThatMissesIsOneDurableStatementAndFillsTheCache() {
        tiers.onlyDurably(first);
        assertThat(tiers.find(first)).contains(first);
        tiers.durable().assertCalls(FIND);
        tiers.cache().assertCalls(FIND, INSERT);
        assertThat(tiers.events()).containsExactly(new TieredEvent.Miss(first.id(), Reason.ABSENT));
        tiers.forget();
        assertThat(tiers.find(first)).contains(first);
        tiers.durable().assertNoCalls();
    }

    @Test
    void aCopyThatIsTooOldIsReplacedByOneCommand() {
        tiers.stored(first);
        tiers.clock().advance(TieredSettings.defaults().maxAge());
        assertThat(tiers.find(first)).contains(first);
        tiers.durable().assertCalls(FIND);
        tiers.cache().assertCalls(FIND, UPDATE);
        assertThat(tiers.events()).containsExactly(new TieredEvent.Miss(first.id(), Reason.OLD));
        tiers.forget();
        assertThat(tiers.find(first)).contains(first);
        tiers.durable().assertNoCalls();
    }

    @Test
    void aSessionThatNobodyUsedForLongIsFilledInToo() {
        SessionRecord idle = new SessionRecord(
                first.id(),
                first.proof(),
                1,
                first.createdAt(),
                first.lastAccessedAt(),
                Duration.ofDays(30),
                first.createdAt().plus(Duration.ofDays(30)),
                first.principal(),
                first.payload());
        tiers.onlyDurably(idle);
        tiers.clock().advance(Duration.ofDays(7));
        assertThat(tiers.find(first)).contains(idle);
        tiers.forget();
        assertThat(tiers.find(first)).contains(idle);
        tiers.durable().assertNoCalls();
    }

    @Test
    void anExpiredCopyIsReplacedByWhatLivesOn() {
        tiers.stored(first);
        SessionRecord used = tiers.later(first, first.idleTimeout().toSeconds() - 1);
        assertThat(result(tiers.durableBehind().touch(first.id(), used.lastAccessedAt(), used.expiresAt())))
                .isTrue();
        tiers.clock().set(first.expiresAt());
        assertThat(tiers.find(first)).contains(used);
        tiers.forget();
        assertThat(tiers.find(first)).contains(used);
        tiers.durable().assertNoCalls();
    }

    @Test
    void aSaveWithoutACopyPutsOne() {
        tiers.onlyDurably(first);
        SessionRecord second = saved(first);
        assertThat(tiers.update(second)).isTrue();
        tiers.durable().assertCalls(UPDATE);
        tiers.cache().assertCalls(UPDATE, FIND, INSERT);
        tiers.forget();
        assertThat(tiers.find(first)).contains(second);
        tiers.durable().assertNoCalls();
    }

    @Test
    void anUnknownIdLeavesNothingInTheCache() {
        assertThat(tiers.find(first)).isEmpty();
        tiers.durable().assertCalls(FIND);
        tiers.cache().assertCalls(FIND);
        assertThat(tiers.cached(first)).isEmpty();
    }

    @Test
    void aSessionThatIsTooLargeForTheCacheIsReadWithoutIt() {
        tiers.onlyDurably(first);
        tiers.cache().failNext(INSERT, 2, TOO_LARGE);
        assertThat(tiers.find(first)).contains(first);
        tiers.cache().assertCalls(FIND, INSERT, DELETE);
        assertThat(tiers.find(first)).contains(first);
    }

    @Test
    void aSaveThatIsTooLargeForTheCacheLeavesNoOlderCopy() {
        tiers.stored(first);
        tiers.cache().failNext(UPDATE, 1, TOO_LARGE);
        assertThat(tiers.update(saved(first))).isTrue();
        tiers.cache().assertCalls(UPDATE, DELETE);
        assertThat(tiers.findOnOtherNode(first)).contains(saved(first));
    }

    @Test
    void aTouchIsOneStatementAndOneCommand() {
        tiers.stored(first);
        SessionRecord touched = tiers.later(first, 60);
        assertThat(tiers.touch(touched)).isTrue();
        tiers.durable().assertCalls(TOUCH);
        tiers.cache().assertCalls(TOUCH);
        assertThat(tiers.find(first)).contains(touched);
    }

    @Test
    void aSweptSessionIsOneCommandToRemoveItsCopy() {
        tiers.stored(first);
        assertThat(result(tiers.sweep()
                        .deleteExpired(List.of(first.id()), first.expiresAt())
                        .collectList()))
                .containsExactly(first.id());
        tiers.cache().assertCalls(DELETE);
    }

    @Test
    void aConfirmationIsOneStatementAndTheReplacementOfTheCopy() {
        tiers.stored(first);
        assertThat(result(tiers.store().findDurable(first.id()))).isEqualTo(first);
        tiers.durable().assertCalls(FIND);
        tiers.cache().assertCalls(FIND, UPDATE);
    }

    @Test
    void nothingHappensBeforeSubscription() {
        var store = tiers.store();
        store.find(first.id());
        store.insert(first);
        store.update(saved(first), 1);
        store.touch(first.id(), first.lastAccessedAt(), first.expiresAt());
        store.delete(first.id());
        store.findDurable(first.id());
        tiers.cache().assertNoCalls();
        tiers.durable().assertNoCalls();
    }
}
