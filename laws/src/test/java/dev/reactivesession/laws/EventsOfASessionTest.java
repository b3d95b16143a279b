package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.ConflictPolicy;
import dev.reactivesession.Session;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionEvent.Refused.Reason;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.SessionLimits.Renewal;
import dev.reactivesession.SessionToken;
import dev.reactivesession.engine.LazySession;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What happens to a session is told as what it is, with its time and its user")
class EventsOfASessionTest {

    private static final Duration EVERY = Duration.ofMinutes(10);

    private final Application application = new Application();

    private final Application renewing = new Application(builder ->
            builder.limits(SessionLimits.defaults().withRenewal(new Renewal(EVERY, Duration.ofSeconds(60)))));

    private final DirectClient client = new DirectClient();

    private static List<SessionEvent> taken(Application from) {
        List<SessionEvent> events = List.copyOf(from.events);
        from.events.clear();
        return events;
    }

    private List<SessionEvent> eventsOf(Consumer<Session> use) {
        application.events.clear();
        application.clock.advance(Duration.ofSeconds(1));
        client.exchange(application.engine, use);
        return taken(application);
    }

    @Test
    @DisplayName("Begun, saved, given to a user, given a new token, ended")
    void theLifeOfASession() {
        assertThat(eventsOf(session -> session.put("a", 1)))
                .containsExactly(new SessionEvent.Created(now(), application.onlyId(), null));
        SessionId id = application.onlyId();
        assertThat(eventsOf(session -> session.put("a", 2))).containsExactly(new SessionEvent.Saved(now(), id, null));
        assertThat(eventsOf(session -> session.login("alice")))
                .containsExactly(new SessionEvent.Rotated(now(), id, "alice"));
        assertThat(eventsOf(session -> session.put("a", 3)))
                .containsExactly(new SessionEvent.Saved(now(), id, "alice"));
        assertThat(eventsOf(Session::rotate)).containsExactly(new SessionEvent.Rotated(now(), id, "alice"));
        assertThat(eventsOf(session -> session.get("a"))).isEmpty();
        assertThat(eventsOf(Session::invalidate)).containsExactly(new SessionEvent.Invalidated(now(), id, "alice"));
        assertThat(eventsOf(session -> session.get("a"))).isEmpty();
    }

    private Instant now() {
        return application.clock.instant();
    }

    @Test
    @DisplayName("A token that opens nothing is refused with a reason")
    void aRefusedToken() {
        client.exchange(application.engine, session -> session.put("a", 1));
        String good = client.given.get(0).value();
        client.presenting(new SessionToken("no token"));
        assertThat(eventsOf(Session::isNew)).containsExactly(new SessionEvent.Refused(now(), Reason.MALFORMED));
        for (String other : List.of("!", "=", "+", "\u0080", "\u3042")) {
            client.presenting(new SessionToken(good.substring(0, 63) + other));
            assertThat(eventsOf(Session::isNew))
                    .as("a token that ends with " + other)
                    .containsExactly(new SessionEvent.Refused(now(), Reason.MALFORMED));
        }
        client.presenting(new SessionToken("A".repeat(64)));
        assertThat(eventsOf(Session::isNew)).containsExactly(new SessionEvent.Refused(now(), Reason.UNKNOWN));
        client.presenting(new SessionToken(good.substring(0, 32) + "A".repeat(32)));
        assertThat(eventsOf(Session::isNew)).containsExactly(new SessionEvent.Refused(now(), Reason.FORGED));
    }

    @Test
    @DisplayName("A session that has expired is told as such, and one that cannot be read with the refusal")
    void whatCannotBeOpened() {
        client.exchange(application.engine, session -> session.put("a", 1));
        SessionId id = application.onlyId();
        application.replacePayload("no payload");
        assertThat(eventsOf(Session::isNew))
                .containsExactly(
                        new SessionEvent.Unreadable(
                                now(), id, null, "the payload is not the JSON this codec writes, or exceeds a bound"),
                        new SessionEvent.Refused(now(), Reason.UNREADABLE));

        application.clock.advance(Duration.ofMinutes(30));
        assertThat(eventsOf(Session::isNew)).containsExactly(new SessionEvent.Expired(now(), id));
    }

    @Test
    @DisplayName("A record whose proof is damaged opens for nobody, and is not changed from outside either")
    void aDamagedProof() {
        client.exchange(application.engine, session -> session.put("a", 1));
        SessionId id = application.onlyId();
        application.replace(record -> record.proof(new byte[] {1, 2, 3}));

        assertThat(eventsOf(Session::isNew)).containsExactly(new SessionEvent.Refused(now(), Reason.FORGED));
        application.sessions().update(id, session -> session.put("a", 2)).block();
        assertThat(application.onlyRecord().version()).isEqualTo(2);
        assertThat(application.payload()).contains("1").doesNotContain("2");
    }

    @Test
    @DisplayName("A proof of any length that is none is no error: it opens for nobody")
    void proofsOfAnyLength() {
        client.exchange(application.engine, session -> session.put("a", 1));
        for (byte first = -1; first < 4; first++) {
            for (int length = 0; length < 110; length++) {
                byte[] proof = new byte[length];
                Arrays.fill(proof, 0, Math.min(1, length), first);
                application.replace(record -> record.proof(proof));
                assertThat(eventsOf(Session::isNew))
                        .as(length + " bytes that begin with " + first)
                        .containsExactly(new SessionEvent.Refused(now(), Reason.FORGED));
            }
        }
    }

    @Test
    @DisplayName("A proof without names of writes is one, with the byte that counts its entries or without")
    void proofsWithoutNames() {
        client.exchange(application.engine, session -> session.put("a", 1));
        byte[] proof = application.onlyRecord().proof();
        assertThat(proof).as("the count, one entry, the rotation and one name").hasSize(1 + 40 + 8 + 8);
        for (byte[] other : List.of(Arrays.copyOf(proof, 49), Arrays.copyOfRange(proof, 1, 41))) {
            application.replace(record -> record.proof(other));
            client.exchange(
                    application.engine,
                    session -> assertThat(session.<Integer>get("a")).isEqualTo(1));
        }
        client.exchange(application.engine, session -> session.put("a", 2));
        client.exchange(
                application.engine,
                session -> assertThat(session.<Integer>get("a")).isEqualTo(2));
    }

    @Test
    @DisplayName("A proof of two entries without names still takes the token before for its grace, and then no more")
    void aProofOfTwoEntriesWithoutNames() {
        client.exchange(renewing.engine, session -> session.put("a", 1));
        SessionToken first = client.given.get(0);
        renewing.clock.advance(EVERY);
        client.exchange(renewing.engine, Session::isNew);
        byte[] proof = Arrays.copyOfRange(renewing.onlyRecord().proof(), 1, 81);
        renewing.replace(record -> record.proof(proof));

        assertThat(DirectClient.loaded(client.at(renewing.engine)).isNew()).isFalse();
        DirectClient old = new DirectClient().presenting(first);
        renewing.clock.advance(Duration.ofSeconds(60).minusMillis(1));
        assertThat(DirectClient.loaded(old.at(renewing.engine)).isNew()).isFalse();
        renewing.clock.advance(Duration.ofMillis(1));
        assertThat(DirectClient.loaded(old.at(renewing.engine)).isNew()).isTrue();
    }

    @Test
    @DisplayName("A save that finds the proof damaged meanwhile has met the end of its session")
    void aProofDamagedMeanwhile() {
        client.exchange(application.engine, session -> session.put("a", 1));
        LazySession late = client.at(application.engine);
        DirectClient.loaded(late).put("a", 2);
        application.replace(record -> record.proof(new byte[] {1, 2, 3}));

        late.commit(false).block();

        assertThat(application.eventsOf(SessionEvent.Discarded.class)).hasSize(1);
        assertThat(application.onlyRecord().version()).isEqualTo(2);
    }

    @Test
    @DisplayName("A token that has come of age is told, and its renewal is a rotation; the one before is still taken")
    void aRenewal() {
        client.exchange(renewing.engine, session -> session.put("a", 1));
        SessionToken first = client.given.get(0);
        SessionId id = renewing.onlyId();
        renewing.clock.advance(EVERY);
        renewing.events.clear();

        client.exchange(renewing.engine, Session::isNew);

        Instant now = renewing.clock.instant();
        assertThat(taken(renewing))
                .containsExactly(new SessionEvent.TokenOutdated(now, id), new SessionEvent.Rotated(now, id, null));
        new DirectClient().presenting(first).exchange(renewing.engine, session -> session.put("a", 2));
        assertThat(taken(renewing)).containsExactly(new SessionEvent.Saved(now, id, null));
    }

    @Test
    @DisplayName("A renewal that comes due right after a use was recorded is done with the next use")
    void aRenewalRightAfterATouch() {
        client.exchange(renewing.engine, session -> session.put("a", 1));
        renewing.clock.advance(EVERY.minusMillis(1));
        client.exchange(renewing.engine, Session::isNew);
        assertThat(client.given).hasSize(1);

        renewing.clock.advance(Duration.ofMillis(1));
        client.exchange(renewing.engine, Session::isNew);

        assertThat(client.given).hasSize(2);
    }

    @Test
    @DisplayName("A renewal that no response can carry waits for one that can")
    void aRenewalWithoutAResponse() {
        client.exchange(renewing.engine, session -> session.put("a", 1));
        renewing.clock.advance(EVERY);
        LazySession late = client.at(renewing.engine);
        DirectClient.loaded(late).put("a", 2);
        client.isAnswered();

        late.commit(false).block();

        assertThat(client.given).hasSize(1);
        DirectClient next = new DirectClient().presenting(client.given.get(0));
        next.exchange(
                renewing.engine,
                session -> assertThat(session.<Integer>get("a")).isEqualTo(2));
        assertThat(next.given).hasSize(1);
    }

    @Test
    @DisplayName("A save that meets another, and one that meets no session any more")
    void savesThatMeet() {
        client.exchange(application.engine, session -> session.put("a", 1));
        SessionId id = application.onlyId();
        LazySession late = client.at(application.engine);
        DirectClient.loaded(late).put("b", 2);
        application.sessions().update(id, other -> other.put("a", 2)).block();
        application.events.clear();

        late.commit(false).block();
        assertThat(taken(application))
                .containsExactly(new SessionEvent.Replayed(now(), id, 1), new SessionEvent.Saved(now(), id, null));

        LazySession gone = client.at(application.engine);
        DirectClient.loaded(gone).put("b", 3);
        application.sessions().terminate(id).block();
        application.events.clear();
        gone.commit(false).block();
        assertThat(taken(application)).containsExactly(new SessionEvent.Discarded(now(), id));
    }

    @Test
    @DisplayName("Two requests that set one attribute differently: the place, and what settles it")
    void aConflict() {
        client.exchange(application.engine, session -> session.put("a", 1));
        SessionId id = application.onlyId();
        LazySession late = client.at(application.engine);
        DirectClient.loaded(late).put("a", 2);
        application.sessions().update(id, other -> other.put("a", 3)).block();
        application.events.clear();

        late.commit(false).block();

        assertThat(application.eventsOf(SessionEvent.Conflicted.class))
                .containsExactly(new SessionEvent.Conflicted(now(), id, "a", "", ConflictPolicy.LAST_WRITER_WINS));
    }

    @Test
    @DisplayName("The stored bytes of a session are those of its record, and none before it has one")
    void theStoredBytesOfASession() {
        LazySession lazy = client.at(application.engine);
        Session session = DirectClient.loaded(lazy);
        session.put("a", 1);
        assertThat(application.engine.storedBytes(session)).isZero();

        lazy.commit(false).block();

        assertThat(application.engine.storedBytes(session))
                .isPositive()
                .isEqualTo(application.onlyRecord().payload().length);
    }
}
