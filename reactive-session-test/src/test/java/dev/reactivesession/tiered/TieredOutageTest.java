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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.SessionException;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.tiered.TieredEvent;
import dev.reactivesession.store.tiered.TieredSessionStore;
import dev.reactivesession.store.tiered.TieredSettings;
import dev.reactivesession.test.StoreProbe;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The cache fails, or the durable store does. */
class TieredOutageTest {

    private static final TieredSettings SETTINGS = TieredSettings.defaults();

    private final TwoTiers tiers = new TwoTiers(SETTINGS);

    private final SessionRecord first = session(1);

    @Test
    void withoutItsCacheANodeGoesOnWithTheDurableStoreAlone() {
        tiers.cacheFails(FIND, INSERT, UPDATE, TOUCH, DELETE);
        assertThat(tiers.insert(first)).isTrue();
        assertThat(tiers.find(first)).contains(first);
        SessionRecord second = saved(first);
        assertThat(tiers.update(second)).isTrue();
        assertThat(tiers.find(first)).contains(second);
        SessionRecord touched = tiers.later(second, 1);
        assertThat(tiers.touch(touched)).isTrue();
        assertThat(tiers.find(first)).contains(touched);
        assertThat(tiers.delete(first)).isTrue();
        assertThat(tiers.find(first)).isEmpty();
        assertThat(tiers.events()).contains(new TieredEvent.CacheFailed(TwoTiers.DOWN));
    }

    @Test
    void aCacheThatFailsAgainAndAgainIsLeftAloneForAWhile() {
        tiers.stored(first);
        tiers.cache().failNext(FIND, SETTINGS.cacheFailures(), TwoTiers.DOWN);
        for (int failure = 0; failure < SETTINGS.cacheFailures(); failure++) {
            assertThat(tiers.find(first)).contains(first);
        }
        assertThat(tiers.events()).contains(new TieredEvent.CachePaused(SETTINGS.cachePause()));
        tiers.forget();
        assertThat(tiers.find(first)).contains(first);
        tiers.cache().assertNoCalls();
        tiers.clock().advance(SETTINGS.cachePause());
        assertThat(tiers.find(first)).contains(first);
        assertThat(tiers.events()).contains(new TieredEvent.CacheResumed());
    }

    @Test
    void aCacheThatReturnsDoesNotTakeBackWhatWasShownWithoutIt() {
        tiers.stored(first);
        tiers.cache().failNext(FIND, SETTINGS.cacheFailures(), TwoTiers.DOWN);
        SessionRecord second = saved(first);
        assertThat(result(tiers.durableBehind().update(second, 1))).isTrue();
        for (int failure = 0; failure < SETTINGS.cacheFailures(); failure++) {
            assertThat(tiers.find(first)).contains(second);
        }
        tiers.clock().advance(SETTINGS.cachePause());
        assertThat(tiers.cached(first)).as("the old copy").isPresent();
        assertThat(tiers.find(first)).contains(second);
        assertThat(tiers.events()).contains(new TieredEvent.CacheResumed());
        tiers.forget();
        assertThat(tiers.find(first)).contains(second);
        tiers.durable().assertNoCalls();
    }

    @Test
    void aSaveThatTheCacheDidNotGetIsStillShownOnThisNode() {
        tiers.stored(first);
        tiers.cache().failNext(UPDATE, 1, TwoTiers.DOWN);
        SessionRecord second = saved(first);
        assertThat(tiers.update(second)).isTrue();
        assertThat(tiers.find(first)).contains(second);
        assertThat(tiers.findOnOtherNode(first)).contains(second);
    }

    @Test
    void aDeletionThatTheCacheDidNotGetIsFinalOnThisNodeAtOnceAndOnOthersWithinTheMaximumAge() {
        tiers.stored(first);
        tiers.cache().failNext(UPDATE, 1, TwoTiers.DOWN);
        assertThat(tiers.delete(first)).isTrue();
        assertThat(tiers.findOnOtherNode(first)).contains(first);
        assertThat(tiers.find(first)).isEmpty();
        assertThat(tiers.findOnOtherNode(first)).isEmpty();
    }

    @Test
    void withinTheMaximumAgeAnotherNodeMayShowWhatItHasAndThenNotAnyMore() {
        tiers.stored(first);
        tiers.cache().failNext(UPDATE, 1, TwoTiers.DOWN);
        assertThat(tiers.delete(first)).isTrue();
        tiers.clock().advance(SETTINGS.maxAge().minusMillis(1));
        assertThat(tiers.findOnOtherNode(first)).contains(first);
        tiers.clock().advance(Duration.ofMillis(1));
        assertThat(tiers.findOnOtherNode(first)).isEmpty();
    }

    @Test
    void aSlowCacheCostsOneBoundedWait() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        StoreProbe cache = StoreProbe.around(new InMemorySessionStore());
        InMemorySessionStore durable = new InMemorySessionStore();
        durable.insert(first).block();
        cache.hold(FIND);
        StepVerifier.withVirtualTime(
                        () -> TieredSessionStore.of(cache.store(), durable)
                                .clock(tiers.clock())
                                .scheduler(time)
                                .build()
                                .find(first.id()),
                        () -> time,
                        Long.MAX_VALUE)
                .expectSubscription()
                .expectNoEvent(SETTINGS.cacheTimeout().minusMillis(1))
                .thenAwait(Duration.ofMillis(1))
                .expectNext(first)
                .verifyComplete();
        assertThat(cache.takeHeld().isCancelled()).isTrue();
    }

    @Test
    void aDurableStoreThatDoesNotAnswerIsATypedErrorWithinTheTimeout() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        tiers.durable().hold(UPDATE);
        StepVerifier.withVirtualTime(
                        () -> TieredSessionStore.of(
                                        new InMemorySessionStore(),
                                        tiers.durable().store())
                                .clock(tiers.clock())
                                .scheduler(time)
                                .build()
                                .update(saved(first), 1),
                        () -> time,
                        Long.MAX_VALUE)
                .expectSubscription()
                .expectNoEvent(SETTINGS.durableTimeout().minusMillis(1))
                .thenAwait(Duration.ofMillis(1))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(SessionException.Unavailable.class)
                        .hasMessageContaining("reactive-session.tiered.durable-timeout"))
                .verify();
    }

    @Test
    void whileTheDurableStoreIsDownEveryWriteFails() {
        tiers.stored(first);
        tiers.durableFails(INSERT, UPDATE, TOUCH, DELETE);
        assertUnavailable(tiers.store().insert(session(2)));
        assertUnavailable(tiers.store().update(saved(first), 1));
        assertUnavailable(tiers.store().delete(first.id()));
        SessionRecord due = tiers.later(first, 60);
        assertUnavailable(tiers.store().touch(first.id(), due.lastAccessedAt(), due.expiresAt()));
        assertThat(tiers.durably(first)).contains(first);
    }

    @Test
    void whileTheDurableStoreIsDownReadsOfWhatIsNotConfirmedFailUnlessChosenOtherwise() {
        tiers.stored(first);
        tiers.durableFails(FIND);
        assertThat(tiers.find(first)).contains(first);
        tiers.clock().advance(SETTINGS.maxAge());
        assertUnavailable(tiers.store().find(first.id()));
    }

    @Test
    void copiesAreServedWhileTheDurableStoreIsDownWithinTheChosenBound() {
        TwoTiers lenient = new TwoTiers(SETTINGS.withOutageReads(Duration.ofMinutes(10)));
        lenient.stored(first);
        lenient.durableFails(FIND, TOUCH);
        lenient.clock().advance(Duration.ofMinutes(9));
        assertThat(lenient.find(first)).contains(first);
        assertThat(lenient.find(first)).contains(first);
        assertThat(lenient.events()).contains(new TieredEvent.OutageRead(first.id(), Duration.ofMinutes(9)));
        SessionRecord touched = lenient.later(first, 540);
        assertThat(lenient.touch(touched)).isTrue();
        assertThat(lenient.find(first)).contains(touched);
        lenient.clock().advance(Duration.ofMinutes(1));
        assertUnavailable(lenient.store().find(first.id()));
    }

    @Test
    void anOutageReadNeverShowsWhatThisNodeHasReplaced() {
        TwoTiers lenient = new TwoTiers(SETTINGS.withOutageReads(Duration.ofMinutes(10)));
        lenient.stored(first);
        lenient.cache().failNext(UPDATE, 1, TwoTiers.DOWN);
        assertThat(lenient.update(saved(first))).isTrue();
        lenient.durableFails(FIND);
        assertUnavailable(lenient.store().find(first.id()));
    }

    @Test
    void aSaveThatIsCancelledAfterItWasKeptIsShownHereAtOnceAndElsewhereWithinTheMaximumAge() {
        tiers.stored(first);
        tiers.cache().hold(UPDATE);
        SessionRecord second = saved(first);
        Disposable save = tiers.store().update(second, 1).subscribe();
        assertThat(tiers.durably(first)).contains(second);
        save.dispose();
        tiers.cache().holdNothing();
        assertThat(tiers.findOnOtherNode(first)).contains(first);
        assertThat(tiers.find(first)).contains(second);
        tiers.clock().advance(SETTINGS.maxAge());
        assertThat(tiers.findOnOtherNode(first)).contains(second);
    }

    @Test
    void aDeletionThatIsCancelledAfterItWasDoneIsShownHereAtOnce() {
        tiers.stored(first);
        tiers.cache().hold(UPDATE);
        Disposable deletion = tiers.store().delete(first.id()).subscribe();
        assertThat(tiers.durably(first)).isEmpty();
        deletion.dispose();
        tiers.cache().holdNothing();
        assertThat(tiers.find(first)).isEmpty();
    }

    @Test
    void aSaveWhoseAnswerIsLostIsNotHiddenByTheCopyOnThisNode() {
        tiers.stored(first);
        tiers.durable().loseNextAnswer(UPDATE, 1, TwoTiers.DOWN);
        SessionRecord second = saved(first);
        assertUnavailable(tiers.store().update(second, 1));
        assertThat(tiers.find(first)).contains(second);
    }

    @Test
    void aReaderThatVanishedDoesNotKeepOthersFromFillingForEver() {
        tiers.onlyDurably(first);
        tiers.durable().hold(FIND);
        tiers.store().find(first.id()).subscribe().dispose();
        tiers.durable().holdNothing();
        assertThat(tiers.find(first)).contains(first);
        tiers.forget();
        assertThat(tiers.find(first)).contains(first);
        tiers.durable().assertNoCalls();
    }

    private static void assertUnavailable(Mono<?> operation) {
        assertThatThrownBy(operation::block).isInstanceOf(SessionException.Unavailable.class);
    }
}
