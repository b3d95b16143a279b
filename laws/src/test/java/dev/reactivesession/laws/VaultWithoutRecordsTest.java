package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.reactivesession.Session;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionEvent.Refused.Reason;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionToken;
import dev.reactivesession.engine.LazySession;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.store.Opening;
import dev.reactivesession.store.SaveOutcome;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionVault;
import dev.reactivesession.store.TokenChange;
import dev.reactivesession.store.WriteName;
import dev.reactivesession.test.ControllableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

@DisplayName("A vault whose tokens are the sessions: every save needs a client that can be given one")
class VaultWithoutRecordsTest {

    private final ControllableClock clock = ControllableClock.atPresent();

    private final List<SessionEvent> events = new CopyOnWriteArrayList<>();

    private final SessionEngine engine = SessionEngine.sealing(new Tickets())
            .clock(clock)
            .listener(events::add)
            .build();

    private final DirectClient client = new DirectClient();

    /** Each token stands for one state of a session, for ever. */
    private static final class Tickets implements SessionVault {

        private final Map<String, SessionRecord> states = new ConcurrentHashMap<>();

        @Override
        public Mono<Opening> open(SessionToken token, Instant now) {
            return Mono.fromSupplier(() -> {
                SessionRecord state = states.get(token.value());
                return state == null ? new Opening.Rejected(Reason.UNKNOWN) : new Opening.Opened(state, false);
            });
        }

        private Mono<SaveOutcome> issued(SessionRecord state) {
            return Mono.fromSupplier(() -> {
                String ticket = "ticket-" + states.size();
                states.put(ticket, state);
                return new SaveOutcome.Saved(state, new SessionToken(ticket));
            });
        }

        @Override
        public Mono<SaveOutcome> insert(SessionRecord record, List<WriteName> writes) {
            return issued(record);
        }

        @Override
        public Mono<SaveOutcome> update(
                SessionRecord record, long basedOn, TokenChange change, List<WriteName> writes) {
            return issued(record);
        }

        @Override
        public Mono<SaveOutcome> touch(SessionRecord record, Instant accessed, Instant expires) {
            return issued(record.touched(accessed, expires));
        }

        @Override
        public Mono<Boolean> delete(SessionRecord record) {
            return Mono.just(true);
        }
    }

    @Test
    @DisplayName("A change is given to the client")
    void aChangeIsGiven() {
        client.exchange(engine, session -> session.put("a", 1));
        client.exchange(engine, session -> session.put("a", 2));

        assertThat(client.given).hasSize(2);
        assertThat(DirectClient.loaded(client.at(engine)).<Integer>get("a")).isEqualTo(2);
    }

    @Test
    @DisplayName("A change that can be given to nobody is an error, is told to nobody as saved, and is not forgotten")
    void aChangeThatCannotBeGiven() {
        client.exchange(engine, session -> session.put("a", 1));
        LazySession lazy = client.at(engine);
        Session session = DirectClient.loaded(lazy);
        session.put("a", 2);
        events.clear();
        client.isAnswered();

        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatExceptionOfType(SessionException.Undeliverable.class)
                    .isThrownBy(() -> session.save().block())
                    .withMessageContaining("changed");
        }

        assertThat(events).isEmpty();
        assertThat(client.given).hasSize(1);
    }

    @Test
    @DisplayName("A use that is recorded is given to a client that can be given it, and is no error without one")
    void aUseIsGiven() {
        client.exchange(engine, Session::start);
        clock.advance(Duration.ofMinutes(1));
        client.exchange(engine, Session::isNew);
        assertThat(client.given).hasSize(2);
        assertThat(DirectClient.loaded(client.at(engine)).lastAccessedAt()).isEqualTo(clock.instant());

        clock.advance(Duration.ofMinutes(1));
        client.isAnswered();
        client.exchange(engine, Session::isNew);
        assertThat(client.given).hasSize(2);
    }
}
