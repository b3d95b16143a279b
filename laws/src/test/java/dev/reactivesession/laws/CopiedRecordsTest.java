package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionEvent.Refused.Reason;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.SessionToken;
import dev.reactivesession.engine.LazySession;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.store.CopiedSessions;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.test.ControllableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

@DisplayName("Law 24: a copy may only say yes; the durable store is asked before anybody is refused")
class CopiedRecordsTest {

    private final ControllableClock clock = ControllableClock.atPresent();

    private final OldCopies store = new OldCopies();

    private final List<SessionEvent> events = new CopyOnWriteArrayList<>();

    private final SessionEngine engine =
            SessionEngine.over(store).clock(clock).listener(events::add).build();

    private final DirectClient client = new DirectClient();

    /** Answers with the record that it was told to keep, however old. */
    private static final class OldCopies extends PassingStore implements CopiedSessions {

        private final Map<SessionId, SessionRecord> copies = new ConcurrentHashMap<>();

        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public Mono<SessionRecord> find(SessionId id) {
            return Mono.defer(() -> Mono.justOrEmpty(copies.get(id)));
        }

        @Override
        public Mono<SessionRecord> findDurable(SessionId id) {
            asked.incrementAndGet();
            return sound.find(id);
        }

        void copy(SessionId id) {
            copies.put(id, sound.find(id).block());
        }
    }

    private SessionId begun() {
        client.exchange(engine, session -> session.put("a", 1));
        SessionId id =
                store.sound.expired(clock.instant().plus(Duration.ofDays(400))).blockFirst();
        store.copy(id);
        store.asked.set(0);
        return id;
    }

    private boolean opens(DirectClient with) {
        return !DirectClient.loaded(with.at(engine)).isNew();
    }

    @Test
    @DisplayName("A copy that says yes is enough")
    void aCopySaysYes() {
        begun();

        assertThat(opens(client)).isTrue();
        assertThat(store.asked).hasValue(0);
    }

    @Test
    @DisplayName("A copy that knows no such session, an older token, or an older deadline, is not the last word")
    void aCopyThatSaysNo() {
        SessionId id = begun();
        store.copies.clear();
        assertThat(opens(client)).isTrue();
        assertThat(store.asked).hasValue(1);

        store.copy(id);
        client.exchange(engine, Session::rotate);
        assertThat(opens(client)).isTrue();
        assertThat(store.asked).hasValue(2);

        store.copy(id);
        clock.advance(SessionLimits.defaults().idleTimeout().minusMinutes(1));
        client.exchange(engine, Session::isNew);
        clock.advance(Duration.ofMinutes(1));
        assertThat(opens(client)).isTrue();
        assertThat(store.asked).hasValue(3);
    }

    @Test
    @DisplayName("What the durable store refuses is refused, whatever a copy lacks")
    void theDurableStoreHasTheLastWord() {
        begun();
        SessionToken good = client.given.get(0);
        assertThat(opens(new DirectClient()
                        .presenting(new SessionToken(good.value().substring(0, 32) + "A".repeat(32)))))
                .isFalse();
        assertThat(store.asked).hasValue(1);
        assertThat(events).endsWith(new SessionEvent.Refused(clock.instant(), Reason.FORGED));
    }

    @Test
    @DisplayName("A save that was refused looks at the durable record, not at a copy")
    void aReplayIsMadeOnTheDurableRecord() {
        SessionId id = begun();
        LazySession late = client.at(engine);
        DirectClient.loaded(late).<Integer>compute("a", a -> a + 1);
        client.exchange(engine, session -> session.<Integer>compute("a", a -> a + 10));

        late.commit(false).block();

        store.copy(id);
        assertThat(DirectClient.loaded(client.at(engine)).<Integer>get("a")).isEqualTo(12);
    }
}
