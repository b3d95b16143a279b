package dev.reactivesession.test;

import static dev.reactivesession.test.StoreOperation.DELETE;
import static dev.reactivesession.test.StoreOperation.EXPIRED;
import static dev.reactivesession.test.StoreOperation.FIND;
import static dev.reactivesession.test.StoreOperation.INSERT;
import static dev.reactivesession.test.StoreOperation.TOUCH;
import static dev.reactivesession.test.StoreOperation.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.AllSessions;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionsByPrincipal;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class StoreProbeTest {

    private final InMemorySessionStore memory = new InMemorySessionStore();

    private final StoreProbe probe = StoreProbe.around(memory);

    private final SessionStore store = probe.store();

    private final SessionRecord record = Samples.session(Instant.EPOCH);

    private final SessionException down = new SessionException.Unavailable("down", null);

    @Test
    void countsSubscriptionsAndNotAssemblies() {
        Mono<SessionRecord> find = store.find(record.id());
        assertThat(probe.calls()).isEmpty();
        find.block();
        find.block();
        store.insert(record).block();
        assertThat(probe.operations()).containsExactly(FIND, FIND, INSERT);
        assertThat(probe.count(FIND)).isEqualTo(2);
        assertThat(probe.calls()).extracting(StoreCall::id).containsOnly(record.id());
    }

    @Test
    void forgetsWhatItCounted() {
        store.find(record.id()).block();
        probe.forget();
        assertThat(probe.calls()).isEmpty();
    }

    @Test
    void passesResultsAndEmptinessOn() {
        StepVerifier.create(store.find(record.id())).verifyComplete();
        StepVerifier.create(store.insert(record)).expectNext(true).verifyComplete();
        StepVerifier.create(store.find(record.id())).expectNext(record).verifyComplete();
    }

    @Test
    void hasTheOptionalPowersOfTheStoreBehindIt() {
        assertThat(store.power(SessionsByPrincipal.class)).isPresent();
        store.insert(record).block();
        assertThat(store.power(ExpiredSessions.class)
                        .orElseThrow()
                        .expired(record.expiresAt())
                        .collectList()
                        .block())
                .containsExactly(record.id());
        assertThat(store.power(AllSessions.class).orElseThrow().deleteAll().block())
                .isEqualTo(1);
        assertThat(probe.count(EXPIRED)).isEqualTo(1);
    }

    @Test
    void hasNoPowerThatTheStoreBehindItLacks() {
        SessionStore plain = StoreProbe.around(new Plain(memory)).store();
        assertThat(plain.power(ExpiredSessions.class)).isEmpty();
        assertThat(plain.power(SessionsByPrincipal.class)).isEmpty();
        assertThat(plain.power(AllSessions.class)).isEmpty();
    }

    @Test
    void failsTheNextCallsWithoutReachingTheStore() {
        probe.failNext(INSERT, 2, down);
        StepVerifier.create(store.insert(record)).verifyErrorMatches(down::equals);
        StepVerifier.create(store.insert(record)).verifyErrorMatches(down::equals);
        assertThat(memory.find(record.id()).block()).isNull();
        StepVerifier.create(store.insert(record)).expectNext(true).verifyComplete();
    }

    @Test
    void losesTheAnswerButNotTheEffect() {
        probe.loseNextAnswer(INSERT, 1, down);
        StepVerifier.create(store.insert(record)).verifyErrorMatches(down::equals);
        assertThat(memory.find(record.id()).block()).isEqualTo(record);
    }

    @Test
    void failsOnlyTheOperationItWasTold() {
        probe.failNext(UPDATE, 1, down);
        StepVerifier.create(store.insert(record)).expectNext(true).verifyComplete();
    }

    @Nested
    class Holding {

        @Test
        void keepsACallFromTheStoreUntilItIsReleased() {
            probe.hold(INSERT);
            CompletableFuture<Boolean> insert = store.insert(record).toFuture();
            HeldCall held = probe.takeHeld();
            assertThat(held.call().operation()).isEqualTo(INSERT);
            assertThat(insert).isNotDone();
            assertThat(memory.find(record.id()).block()).isNull();
            held.release();
            assertThat(insert).isCompletedWithValue(true);
        }

        @Test
        void letsCallsGoInAnyOrder() {
            memory.insert(record).block();
            probe.hold(UPDATE, DELETE);
            CompletableFuture<Boolean> update =
                    store.update(Samples.next(record, "late"), 1).toFuture();
            CompletableFuture<Boolean> delete = store.delete(record.id()).toFuture();
            List<HeldCall> held = List.of(probe.takeHeld(), probe.takeHeld());
            held.get(1).release();
            held.get(0).release();
            assertThat(delete).isCompletedWithValue(true);
            assertThat(update).isCompletedWithValue(false);
        }

        @Test
        void canFailACallThatIsHeld() {
            probe.hold(TOUCH);
            CompletableFuture<Boolean> touch =
                    store.touch(record.id(), Instant.EPOCH, record.expiresAt()).toFuture();
            probe.takeHeld().fail(down);
            assertThat(touch).isCompletedExceptionally();
        }

        @Test
        void noticesThatACallIsGivenUp() {
            probe.hold(INSERT);
            Disposable insert = store.insert(record).subscribe();
            HeldCall held = probe.takeHeld();
            assertThat(held.isCancelled()).isFalse();
            insert.dispose();
            assertThat(held.isCancelled()).isTrue();
            held.release();
            assertThat(memory.find(record.id()).block()).isNull();
        }

        @Test
        void endsForNewCallsWhenToldSo() {
            probe.hold(INSERT);
            CompletableFuture<Boolean> first = store.insert(record).toFuture();
            probe.holdNothing();
            StepVerifier.create(store.insert(record)).expectNext(true).verifyComplete();
            probe.takeHeld().release();
            assertThat(first).isCompletedWithValue(false);
        }
    }

    private record Plain(SessionStore delegate) implements SessionStore {

        @Override
        public Mono<SessionRecord> find(SessionId id) {
            return delegate.find(id);
        }

        @Override
        public Mono<Boolean> insert(SessionRecord record) {
            return delegate.insert(record);
        }

        @Override
        public Mono<Boolean> update(SessionRecord record, long basedOn) {
            return delegate.update(record, basedOn);
        }

        @Override
        public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
            return delegate.touch(id, accessed, expires);
        }

        @Override
        public Mono<Boolean> delete(SessionId id) {
            return delegate.delete(id);
        }
    }
}
