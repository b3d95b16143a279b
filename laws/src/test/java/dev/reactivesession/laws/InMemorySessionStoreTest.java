package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.CopiedSessions;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.test.AllSessionsContract;
import dev.reactivesession.test.ExpiredSessionsContract;
import dev.reactivesession.test.SampleRecord;
import dev.reactivesession.test.SessionStoreContract;
import dev.reactivesession.test.SessionsByPrincipalContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The memory store keeps its sessions in one process, so that all nodes are this one instance. */
class InMemorySessionStoreTest {

    private static final InMemorySessionStore STORE = new InMemorySessionStore();

    @Nested
    class KeepsSessions extends SessionStoreContract {

        @Override
        protected InMemorySessionStore store() {
            return STORE;
        }

        @Override
        protected InMemorySessionStore secondNode() {
            return STORE;
        }
    }

    @Nested
    class FindsExpiredSessions extends ExpiredSessionsContract<InMemorySessionStore> {

        @Override
        protected InMemorySessionStore store() {
            return STORE;
        }

        @Override
        protected InMemorySessionStore secondNode() {
            return STORE;
        }
    }

    @Nested
    class FindsSessionsByPrincipal extends SessionsByPrincipalContract<InMemorySessionStore> {

        @Override
        protected InMemorySessionStore store() {
            return STORE;
        }

        @Override
        protected InMemorySessionStore secondNode() {
            return STORE;
        }
    }

    @Nested
    class EndsAllSessions extends AllSessionsContract<InMemorySessionStore> {

        @Override
        protected InMemorySessionStore store() {
            return STORE;
        }

        @Override
        protected InMemorySessionStore secondNode() {
            return STORE;
        }
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

        private final Instant start = Instant.parse("2026-01-01T00:00:00Z");

        private final InMemorySessionStore small = new InMemorySessionStore(2);

        @Test
        void refusesASessionTooMany() {
            fill();
            StepVerifier.create(small.insert(SampleRecord.begunAt(start).record()))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(SessionException.Unavailable.class)
                            .hasMessageContaining("reactive-session.memory.max-sessions"))
                    .verify();
        }

        @Test
        void dropsWhatHasExpiredBeforeItRefuses() {
            fill();
            SessionRecord late =
                    SampleRecord.begunAt(start.plus(SampleRecord.IDLE)).record();
            StepVerifier.create(small.insert(late)).expectNext(true).verifyComplete();
            assertThat(small.expired(Instant.MAX).collectList().block()).containsExactly(late.id());
        }

        @Test
        void goesOnServingTheSessionsItHas() {
            SessionRecord record = fill();
            StepVerifier.create(small.update(SampleRecord.of(record).next(), 1))
                    .expectNext(true)
                    .verifyComplete();
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

        private SessionRecord fill() {
            SessionRecord record = SampleRecord.begunAt(start).record();
            small.insert(record).block();
            small.insert(SampleRecord.begunAt(start).record()).block();
            return record;
        }
    }
}
