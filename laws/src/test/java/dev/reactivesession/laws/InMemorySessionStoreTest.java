package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.SessionException;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.test.AllSessionsContract;
import dev.reactivesession.test.ExpiredSessionsContract;
import dev.reactivesession.test.SampleRecord;
import dev.reactivesession.test.SessionStoreContract;
import dev.reactivesession.test.SessionsByPrincipalContract;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
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
