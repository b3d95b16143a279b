package dev.reactivesession.interleavings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.ConflictPolicy;
import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.SessionPolicies;
import dev.reactivesession.SessionToken;
import dev.reactivesession.codec.json.JsonSessionCodec;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.test.Actor;
import dev.reactivesession.test.Scenario;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.reactivestreams.Publisher;

/**
 * Several who meet in one session of alice, which holds the page "home"; each has an engine of its own, and all have
 * one store.
 */
final class Meeting {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    static final Duration IDLE = Duration.ofMinutes(30);

    private static final SessionLimits LIMITS =
            new SessionLimits(IDLE, Duration.ofHours(12), Duration.ofMinutes(1), Duration.ofMinutes(1), 64, null, null);

    private final SessionStore store;

    private final Client client = new Client();

    private final List<Actor> actors = new ArrayList<>();

    private final Scenario scenario;

    private final SessionId id;

    private SessionPolicies policies = SessionPolicies.defaults();

    private Instant now = START;

    Meeting(Scenario scenario, SessionStore store) {
        this.scenario = scenario;
        this.store = store;
        client.request(engine(store), Meeting::begin).block();
        this.id = client.opened(engine(store), client.tokens().get(0)).orElseThrow();
    }

    private static void begin(Session session) {
        session.login("alice");
        session.put("page", "home");
    }

    Client client() {
        return client;
    }

    SessionId id() {
        return id;
    }

    /** From here on, whoever is added lives at this time. */
    Meeting at(Instant time) {
        now = time;
        return this;
    }

    Meeting refusingConflicts() {
        policies = policies.withOnConflict(ConflictPolicy.REFUSE);
        return this;
    }

    Actor request(String name, Consumer<Session> handler) {
        return actor(name, engine -> client.request(engine, handler));
    }

    Actor sweep(String name) {
        return actor(name, engine -> engine.sessions().sweep());
    }

    Actor actor(String name, Function<SessionEngine, ? extends Publisher<?>> script) {
        Actor actor = scenario.actor(name, store, gated -> script.apply(engine(gated)));
        actors.add(actor);
        return actor;
    }

    void logout() {
        request("logout", Session::invalidate);
        mustBeOver();
    }

    /** A logout whose token was replaced before it came finds no session; one that found it must have ended it. */
    void logoutIfStillKnown() {
        AtomicBoolean found = new AtomicBoolean();
        request("logout", session -> {
            found.set(!session.isNew());
            session.invalidate();
        });
        scenario.check(() -> assertThat(record()).as("the session").hasSize(found.get() ? 0 : 1));
    }

    void mustBeOver() {
        scenario.check(() -> {
            assertThat(record()).as("the session that was ended").isEmpty();
            assertThat(client.opened(engine(store), client.tokens().get(0)))
                    .as("what the old token opens")
                    .isEmpty();
        });
    }

    void mustHold(Consumer<Session> expected) {
        scenario.check(() -> expected.accept(
                engine(store).sessions().find(id).blockOptional().orElseThrow()));
    }

    /** Where the session belongs to this user, tokens that were given to others do not open it. */
    void mustNotOpenWhatIsOf(String user, List<SessionToken> tokens) {
        scenario.check(() -> assertThat(tokens.stream()
                        .flatMap(token -> client.opened(engine(store), token).stream())
                        .filter(id::equals)
                        .flatMap(opened -> record().stream()))
                .extracting(SessionRecord::principal)
                .as("whose session a token of somebody else opens")
                .doesNotContain(user));
    }

    void mustBeEmpty(String what, List<?> seen) {
        scenario.check(() -> assertThat(seen).as(what).isEmpty());
    }

    void mustBeAbsentOrUsedAt(Instant accessed) {
        scenario.check(() -> assertThat(record()).allSatisfy(record -> {
            assertThat(record.lastAccessedAt()).isEqualTo(accessed);
            assertThat(record.expiresAt()).isEqualTo(accessed.plus(IDLE));
            assertThat(record.principal()).isEqualTo("alice");
        }));
    }

    void mustHaveOneTokenAlive() {
        scenario.check(() -> assertThat(client.tokens().stream()
                        .filter(token -> client.opened(engine(store), token).equals(Optional.of(id))))
                .as("the tokens that open the session")
                .hasSize(1));
    }

    void mustNotFail() {
        scenario.check(() -> assertThat(actors.stream().flatMap(actor -> actor.failure().stream()))
                .as("the errors of all")
                .isEmpty());
    }

    void mayOnlyFailWith(Class<? extends SessionException> allowed) {
        scenario.check(() -> assertThat(actors.stream().flatMap(actor -> actor.failure().stream()))
                .as("the errors of all")
                .hasOnlyElementsOfType(allowed));
    }

    private List<SessionRecord> record() {
        return store.find(id).flux().collectList().blockOptional().orElseThrow();
    }

    private SessionEngine engine(SessionStore over) {
        return SessionEngine.over(over)
                .codec(new JsonSessionCodec())
                .clock(Clock.fixed(now, ZoneOffset.UTC))
                .limits(LIMITS)
                .policies(policies)
                .build();
    }
}
