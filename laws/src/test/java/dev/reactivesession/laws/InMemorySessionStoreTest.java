package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.CopiedSessions;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.test.AllPowersContract;
import dev.reactivesession.test.SampleRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** The memory store keeps its sessions in one process, so that all nodes are this one instance. */
class InMemorySessionStoreTest extends AllPowersContract {

    private static final InMemorySessionStore STORE = new InMemorySessionStore();

    @Override
    protected SessionStore store() {
        return STORE;
    }

    @Override
    protected SessionStore secondNode() {
        return STORE;
    }

    @Nested
    class HasPowers {

        @Test
        void thoseItImplementsAndNoOthers() {
            assertThat(STORE.power(ExpiredSessions.class)).containsSame(STORE);
            assertThat(STORE.power(CopiedSessions.class)).isEmpty();
        }

        @Test
        void withoutAClockOfItsOwn() {
            StepVerifier.create(STORE.storeTime()).verifyComplete();
        }

        @Test
        void andReportsNoSessionOfAUserThatEndedMeanwhile() {
            assertThat(endedOfTwo((store, record) -> store.delete(record.id()))).hasSize(1);
        }

        @Test
        void andEndsNoSessionThatWasGivenToAnotherUserMeanwhile() {
            assertThat(endedOfTwo((store, record) -> store.update(
                            SampleRecord.of(record).principal("bob").next(), 1)))
                    .hasSize(1);
        }

        /** What a logout of alice everywhere ends, when something happens to all her sessions after the first. */
        private List<SessionId> endedOfTwo(BiFunction<InMemorySessionStore, SessionRecord, Mono<Boolean>> meanwhile) {
            InMemorySessionStore store = new InMemorySessionStore();
            SampleRecord alices = SampleRecord.begunAt(Instant.EPOCH).principal("alice");
            List<SessionRecord> both =
                    List.of(alices.record(), alices.id(SampleRecord.randomId()).record());
            both.forEach(record -> store.insert(record).block());
            List<SessionId> ended = new ArrayList<>();
            StepVerifier.create(store.deleteByPrincipal("alice", null).doOnNext(ended::add), 1)
                    .expectNextCount(1)
                    .then(() -> both.forEach(
                            record -> meanwhile.apply(store, record).block()))
                    .thenRequest(Long.MAX_VALUE)
                    .thenConsumeWhile(more -> true)
                    .verifyComplete();
            return ended;
        }
    }

    @Nested
    class IsBounded {

        private static final int MANY = 1_000;

        private final Instant start = Instant.parse("2026-01-01T00:00:00Z");

        private final InMemorySessionStore small = new InMemorySessionStore(3);

        @Test
        void dropsTheAnonymousSessionUsedLongestAgo() {
            SessionRecord first = inserted(anonymous(0));
            SessionRecord second = inserted(anonymous(1));
            SessionRecord third = inserted(anonymous(2));
            small.touch(first.id(), start.plusSeconds(3), first.expiresAt()).block();

            SessionRecord fourth = inserted(anonymous(4));
            SessionRecord fifth = inserted(anonymous(5));

            assertThat(kept()).containsExactlyInAnyOrder(first.id(), fourth.id(), fifth.id());
            assertThat(kept()).doesNotContain(second.id(), third.id());
            assertThat(small.dropped()).isEqualTo(2);
        }

        @Test
        void dropsExpiredSessionsBeforeALiveOne() {
            SessionRecord user = inserted(ofUser("alice"));
            SessionRecord live = inserted(anonymous(SampleRecord.IDLE.toSeconds() - 1));
            inserted(anonymous(0));

            SessionRecord late = inserted(anonymous(SampleRecord.IDLE.toSeconds()));

            assertThat(kept()).containsExactlyInAnyOrder(live.id(), late.id()).doesNotContain(user.id());
            assertThat(small.dropped()).isZero();
        }

        @Test
        void neverDropsASessionOfAUser() {
            SessionRecord alice = inserted(ofUser("alice"));
            SessionRecord bob = inserted(ofUser("bob"));
            for (int visitor = 0; visitor < MANY; visitor++) {
                inserted(anonymous(visitor % 60));
            }

            assertThat(kept()).hasSize(3).contains(alice.id(), bob.id());
        }

        @Test
        void aSessionThatWasLoggedInMeanwhileStays() {
            SessionRecord visitor = inserted(anonymous(0));
            inserted(anonymous(1));
            inserted(anonymous(2));
            inserted(anonymous(3));
            SessionRecord again = inserted(anonymous(4));
            small.update(SampleRecord.of(again).principal("carol").next(), 1).block();

            for (int more = 5; more < 50; more++) {
                inserted(anonymous(more));
            }

            assertThat(kept()).contains(again.id()).doesNotContain(visitor.id());
        }

        @Test
        void refusesASessionTooManyOnlyWhereAllAreOfUsers() {
            for (int user = 0; user < 3; user++) {
                inserted(ofUser("user " + user));
            }

            StepVerifier.create(small.insert(anonymous(0)))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(SessionException.Unavailable.class)
                            .hasMessageContaining("reactive-session.memory.max-sessions"))
                    .verify();
        }

        @Test
        void anIdThatIsThereDropsNothing() {
            SessionRecord record = inserted(anonymous(0));
            inserted(anonymous(1));
            inserted(anonymous(2));

            assertThat(small.insert(record).block()).isFalse();

            assertThat(kept()).hasSize(3);
        }

        @Test
        void goesOnServingTheSessionsItHas() {
            SessionRecord record = inserted(anonymous(0));
            inserted(anonymous(1));
            inserted(anonymous(2));
            StepVerifier.create(small.update(SampleRecord.of(record).next(), 1))
                    .expectNext(true)
                    .verifyComplete();
        }

        @Test
        void staysBoundedAndRightUnderManyThreads() {
            InMemorySessionStore store = new InMemorySessionStore(100);
            SessionRecord user = ofUser("alice");
            store.insert(user).block();

            Flux.range(0, 20 * MANY)
                    .flatMap(visitor -> Mono.defer(() -> store.insert(anonymous(visitor % 1000)))
                            .subscribeOn(Schedulers.parallel()))
                    .blockLast(Duration.ofMinutes(1));

            assertThat(store.expired(Instant.MAX).collectList().block())
                    .contains(user.id())
                    .hasSizeLessThanOrEqualTo(100 + Runtime.getRuntime().availableProcessors());
        }

        @Test
        void isAtLeastOne() {
            assertThat(new InMemorySessionStore(1)
                            .insert(SampleRecord.begunAt(start).record())
                            .block())
                    .isTrue();
            assertThatThrownBy(() -> new InMemorySessionStore(0))
                    .isInstanceOf(SessionException.Misconfigured.class)
                    .hasMessage("reactive-session.memory.max-sessions is 0, but must be at least 1");
        }

        private SessionRecord anonymous(long second) {
            return SampleRecord.begunAt(start.plusSeconds(second)).record();
        }

        private SessionRecord inserted(SessionRecord record) {
            assertThat(small.insert(record).block()).isTrue();
            return record;
        }

        private SessionRecord ofUser(String name) {
            return SampleRecord.begunAt(start).principal(name).record();
        }

        private List<SessionId> kept() {
            return small.expired(Instant.MAX).collectList().block();
        }
    }
}
