package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Attribute;
import dev.reactivesession.ConflictPolicy;
import dev.reactivesession.Session;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.SessionPolicies;
import dev.reactivesession.test.StoreOperation;
import dev.reactivesession.web.SessionAccess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

@DisplayName("Laws of writing")
class WritingLawsTest {

    private static final Attribute<Integer> HITS = Attribute.of("hits", Integer.class);

    private static final Attribute<List<String>> CART = Attribute.listOf("cart", String.class);

    private final Application application = new Application();

    private Visitor visitorWith(Consumer<Session> content) {
        Visitor visitor = application.visitorDoing(content);
        visitor.visit();
        application.forgetCalls();
        return visitor;
    }

    private Visitor.Answer then(Visitor visitor, Consumer<Session> use) {
        return visitor.at(application.visitorDoing(use)).visit();
    }

    @Test
    @DisplayName("Law 7: reading within the touch interval writes nothing")
    void readingWritesNothing() {
        Visitor visitor = visitorWith(session -> session.put("list", new ArrayList<>(List.of("a"))));

        then(visitor, session -> {
            assertThat(session.<List<String>>get("list")).containsExactly("a");
            assertThat(session.attributes()).containsOnly(Map.entry("list", List.of("a")));
        });

        assertThat(application.calls()).containsExactly("find");
    }

    @Test
    @DisplayName("Law 7: a list changed in place is noticed without any put")
    void aNestedChangeIsNoticed() {
        Visitor visitor = visitorWith(session -> session.put("list", new ArrayList<>(List.of("a"))));

        then(visitor, session -> session.<List<String>>get("list").add("b"));

        assertThat(application.calls()).containsExactly("find", "update");
        then(visitor, session -> assertThat(session.<List<String>>get("list")).containsExactly("a", "b"));
    }

    @Test
    @DisplayName("Law 7: what is nested deeply, or behind a declared type, is noticed as well")
    void aDeeplyNestedChangeIsNoticed() {
        Visitor visitor = visitorWith(session -> {
            session.put("deep", new HashMap<>(Map.of("list", new ArrayList<>(List.of("a")))));
            session.put(CART, new ArrayList<>(List.of("a")));
        });

        then(visitor, session -> {
            session.<Map<String, List<String>>>get("deep").get("list").add("b");
            session.getOrDefault(CART, List.of()).add("b");
        });

        assertThat(application.calls()).containsExactly("find", "update");
        then(visitor, session -> {
            assertThat(session.<Map<String, List<String>>>get("deep").get("list"))
                    .containsExactly("a", "b");
            assertThat(session.get(CART)).containsExactly("a", "b");
        });
    }

    @Test
    @DisplayName("Law 7: putting an equal value is not a change")
    void anEqualPutIsNoChange() {
        Set<String> oneOrder = new HashSet<>(List.of("Aa", "BB", "c"));
        Set<String> otherOrder = new HashSet<>(64);
        otherOrder.addAll(List.of("c", "BB", "Aa"));
        Visitor visitor = visitorWith(session -> {
            session.put("list", new ArrayList<>(List.of("a")));
            session.put("set", oneOrder);
            session.put("number", 7L);
            session.put(HITS, 1);
        });

        then(visitor, session -> {
            session.put("list", new ArrayList<>(List.of("a")));
            session.put("set", otherOrder);
            session.put("number", 7L);
            session.put(HITS, 1);
            session.compute(HITS, hits -> hits);
            session.remove("absent");
        });

        assertThat(application.calls()).containsExactly("find");
    }

    @Test
    @DisplayName("Law 7: one save for many edits, and only one")
    void manyEditsAreOneSave() {
        Visitor visitor = visitorWith(session -> session.put("a", 1));

        then(visitor, session -> {
            for (int edit = 0; edit < 100; edit++) {
                session.put("a" + edit, edit);
            }
            session.clear();
            session.put("b", 2);
        });

        assertThat(application.calls()).containsExactly("find", "update");
    }

    @Test
    @DisplayName("Law 8: a session deleted while a request uses it stays deleted, and the request is no error")
    void aDeletedSessionDoesNotComeBack() {
        Visitor visitor = visitorWith(session -> session.put("a", 1));

        Visitor.Answer slow = visitor.at(application.visitor(request -> SessionAccess.session(request)
                        .doOnNext(session -> session.put("a", 2))
                        .delayUntil(session -> application.sessions().terminate(session.id()))
                        .flatMap(session -> ServerResponse.ok().bodyValue("done"))))
                .visit();

        assertThat(slow.status()).isEqualTo(200);
        assertThat(slow.cookie()).isNull();
        assertThat(application.records()).isEmpty();
        assertThat(application.eventsOf(SessionEvent.Discarded.class)).hasSize(1);
    }

    @Test
    @DisplayName("Law 8: neither a touch nor a rotation brings a deleted session back")
    void neitherTouchNorRotationBringsItBack() {
        Visitor visitor = visitorWith(session -> session.put("a", 1));
        application.clock.advance(Duration.ofMinutes(5));

        Visitor.Answer touching = visitor.at(application.visitor(request -> SessionAccess.session(request)
                        .delayUntil(session -> application.sessions().terminate(session.id()))
                        .flatMap(session -> ServerResponse.ok().bodyValue("done"))))
                .visit();
        Visitor other = visitorWith(session -> session.put("a", 1));
        Visitor.Answer rotating = other.at(application.visitor(request -> SessionAccess.session(request)
                        .doOnNext(session -> session.login("alice"))
                        .delayUntil(session -> application.sessions().terminate(session.id()))
                        .flatMap(session -> ServerResponse.ok().bodyValue("done"))))
                .visit();

        assertThat(touching.status()).isEqualTo(200);
        assertThat(rotating.status()).isEqualTo(200);
        assertThat(rotating.cookie()).isNull();
        assertThat(application.records()).isEmpty();
    }

    @Test
    @DisplayName("Law 8: an explicit save of a session ended elsewhere says so")
    void anExplicitSaveOfADeletedSessionIsATypedError() {
        Visitor visitor = visitorWith(session -> session.put("a", 1));

        Visitor.Answer answer = visitor.at(application.visitor(request -> SessionAccess.session(request)
                        .doOnNext(session -> session.put("a", 2))
                        .delayUntil(session -> application.sessions().terminate(session.id()))
                        .flatMap(Session::save)
                        .then(ServerResponse.ok().bodyValue("saved"))
                        .onErrorResume(
                                SessionException.Gone.class,
                                error -> ServerResponse.ok().bodyValue("gone"))))
                .visit();

        assertThat(answer.body()).isEqualTo("gone");
    }

    /** Runs a change from elsewhere between the load and the save of a request. */
    private Visitor.Answer overtaken(Visitor visitor, Consumer<Session> elsewhere, Consumer<Session> here) {
        return visitor.at(application.visitor(request -> SessionAccess.session(request)
                        .doOnNext(here)
                        .delayUntil(session -> application.sessions().update(session.id(), elsewhere))
                        .flatMap(session -> ServerResponse.ok().bodyValue("done"))))
                .visit();
    }

    @Test
    @DisplayName("Law 9: attributes changed by one side only are merged")
    void changesOfDifferentAttributesAreMerged() {
        Visitor visitor = visitorWith(session -> {
            session.put("mine", 0);
            session.put("theirs", 0);
            session.put("gone", 0);
        });

        overtaken(visitor, session -> session.put("theirs", 1), session -> {
            session.put("mine", 1);
            session.remove("gone");
        });

        then(
                visitor,
                session -> assertThat(session.attributes()).containsOnly(Map.entry("mine", 1), Map.entry("theirs", 1)));
        assertThat(application.eventsOf(SessionEvent.Replayed.class)).hasSize(1);
        assertThat(application.eventsOf(SessionEvent.Conflicted.class)).isEmpty();
    }

    @Test
    @DisplayName("Law 9: what was computed is computed again")
    void computedAttributesAreComputedAgain() {
        Visitor visitor = visitorWith(session -> session.put(HITS, 10));

        overtaken(
                visitor,
                session -> session.compute(HITS, hits -> hits + 100),
                session -> session.compute(HITS, hits -> hits == null ? 1 : hits + 1));

        then(visitor, session -> assertThat(session.get(HITS)).isEqualTo(111));
    }

    @Test
    @DisplayName("Law 9: a default that was only computed does not overwrite what another request set")
    void aComputedDefaultGivesWay() {
        Visitor visitor = visitorWith(session -> session.put("a", 1));

        overtaken(
                visitor,
                session -> session.put(CART, List.of("theirs")),
                session -> session.computeIfAbsent(CART, ArrayList::new));

        then(visitor, session -> assertThat(session.get(CART)).containsExactly("theirs"));
    }

    @Test
    @DisplayName("Law 9: the same attribute set to two values is a conflict; by default the last writer wins")
    void theLastWriterWins() {
        Visitor visitor = visitorWith(session -> session.put("a", 0));

        overtaken(visitor, session -> session.put("a", 1), session -> session.put("a", 2));

        then(visitor, session -> assertThat(session.<Integer>get("a")).isEqualTo(2));
        assertThat(application.eventsOf(SessionEvent.Conflicted.class)).hasSize(1);
    }

    @Test
    @DisplayName("Law 9: the same attribute set to the same value by both is no conflict")
    void agreementIsNoConflict() {
        Visitor visitor = visitorWith(session -> session.put("a", 0));

        overtaken(visitor, session -> session.put("a", 1), session -> session.put("a", 1));

        assertThat(application.eventsOf(SessionEvent.Conflicted.class)).isEmpty();
    }

    @Test
    @DisplayName("Law 9: the other policy refuses the conflict with a typed error and stores nothing")
    void refusedConflictsAreTypedErrors() {
        Application strict = new Application(
                builder -> builder.policies(SessionPolicies.defaults().withOnConflict(ConflictPolicy.REFUSE)));
        Visitor visitor = strict.visitorDoing(session -> session.put("a", 0));
        visitor.visit();

        Visitor.Answer answer = visitor.at(strict.visitor(request -> SessionAccess.session(request)
                        .doOnNext(session -> {
                            session.put("a", 2);
                            session.put("b", 2);
                        })
                        .delayUntil(session -> strict.sessions().update(session.id(), there -> there.put("a", 1)))
                        .flatMap(session -> ServerResponse.ok().bodyValue("done"))))
                .visitFailing(SessionException.Conflict.class);

        assertThat(answer.status()).isEqualTo(409);
        visitor.at(strict.visitorDoing(
                        session -> assertThat(session.attributes()).containsOnly(Map.entry("a", 1))))
                .visit();
    }

    @Test
    @DisplayName("Law 9: retries are bounded, and running out of them is a typed error")
    void replaysAreBounded() {
        Application hurried = new Application(
                builder -> builder.limits(SessionLimits.defaults().withMaxReplays(3)));
        Visitor visitor = hurried.visitorDoing(session -> session.put("a", 0));
        visitor.visit();
        hurried.overtakeEveryUpdate();

        Visitor.Answer answer = visitor.at(hurried.visitorDoing(session -> session.put("b", 1)))
                .visitFailing(SessionException.Conflict.class);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(hurried.eventsOf(SessionEvent.Replayed.class)).hasSize(3);
    }

    @Test
    @DisplayName("Law 10: cancelling a save leaves the old state or the new one, and the next save is whole")
    void aCancelledSaveLeavesOldOrNew() {
        Visitor visitor = visitorWith(session -> session.put("a", 1));

        Visitor.Answer answer = visitor.at(application.visitor(
                        request -> SessionAccess.session(request).flatMap(session -> {
                            session.put("a", 2);
                            application.hold(StoreOperation.UPDATE);
                            session.save().subscribe().dispose();
                            application.release();
                            session.put("b", 2);
                            return ServerResponse.ok().bodyValue("done");
                        })))
                .visit();

        assertThat(answer.status()).isEqualTo(200);
        then(visitor, session -> assertThat(session.attributes()).containsOnly(Map.entry("a", 2), Map.entry("b", 2)));
    }

    @Test
    @DisplayName("Law 11: a login is one load and one save; the old token is dead at once, the data stays")
    void aLoginRotatesTheToken() {
        Visitor visitor = visitorWith(session -> session.put("a", 1));
        String old = visitor.token();

        Visitor.Answer answer = then(visitor, session -> session.login("alice"));

        assertThat(application.calls()).containsExactly("find", "update");
        String fresh = answer.cookie().getValue();
        assertThat(fresh).isNotEqualTo(old);
        Visitor reader = application.visitorOf(session -> session.get("a") + " " + session.principal());
        assertThat(reader.withToken(old).visit().body()).isEqualTo("null Optional.empty");
        assertThat(reader.withToken(fresh).visit().body()).isEqualTo("1 Optional[alice]");
    }

    @Test
    @DisplayName("Law 11: a rotation that fails leaves exactly the old token good")
    void aFailedRotationLeavesTheOldToken() {
        Visitor visitor = visitorWith(session -> session.put("a", 1));
        application.failNext(StoreOperation.UPDATE);

        Visitor.Answer answer = visitor.at(application.visitorDoing(session -> session.login("alice")))
                .visitFailing(SessionException.Unavailable.class);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.cookie()).isNull();
        assertThat(application
                        .visitorOf(session -> session.get("a"))
                        .withToken(visitor.token())
                        .visit()
                        .body())
                .isEqualTo("1");
    }

    @Test
    @DisplayName("Law 11: periodic renewal takes the old token for the grace period, and no longer")
    void renewalHasAGrace() {
        Application renewing = new Application(builder -> builder.limits(SessionLimits.defaults()
                .withRenewal(new SessionLimits.Renewal(Duration.ofMinutes(10), Duration.ofSeconds(20)))));
        Visitor visitor = renewing.visitorDoing(session -> session.put("a", 1));
        visitor.visit();
        String old = visitor.token();
        Visitor reader = renewing.visitorOf(session -> session.get("a"));
        renewing.clock.advance(Duration.ofMinutes(10));

        String renewed = reader.withToken(old).visit().cookie().getValue();
        renewing.clock.advance(Duration.ofSeconds(19));
        Visitor.Answer inGrace = reader.withToken(old).visit();
        renewing.clock.advance(Duration.ofSeconds(1));

        assertThat(renewing.eventsOf(SessionEvent.TokenOutdated.class)).hasSize(1);
        assertThat(inGrace.body()).isEqualTo("1");
        assertThat(inGrace.cookie()).isNull();
        assertThat(reader.withToken(old).visit().body()).isEqualTo("null");
        assertThat(reader.withToken(renewed).visit().body()).isEqualTo("1");
    }

    @Test
    @DisplayName("Law 12: a touch is throttled, rewrites nothing, and moves time only forward")
    void touchesAreThrottled() {
        Visitor visitor = visitorWith(session -> session.put("a", 1));
        byte[] payload = application.onlyRecord().payload();

        application.clock.advance(Duration.ofSeconds(59));
        then(visitor, session -> session.get("a"));
        assertThat(application.calls()).containsExactly("find");
        application.forgetCalls();
        application.clock.advance(Duration.ofSeconds(1));
        Instant expires = application.onlyRecord().expiresAt();
        then(visitor, session -> session.get("a"));
        then(visitor, session -> session.get("a"));

        assertThat(application.calls()).containsExactly("find", "touch", "find");
        assertThat(application.onlyRecord().expiresAt()).isAfter(expires);
        assertThat(application.onlyRecord().version()).isEqualTo(1);
        assertThat(application.onlyRecord().payload()).isEqualTo(payload);
    }

    @Test
    @DisplayName("Law 12: with no interval every visit is recorded, once")
    void everyVisitIsRecordedOnce() {
        Application exact = new Application(
                builder -> builder.limits(SessionLimits.defaults().withTouchInterval(Duration.ZERO)));
        Visitor visitor = exact.visitorDoing(session -> session.put("a", 1));
        visitor.visit();
        exact.forgetCalls();

        visitor.at(exact.visitorOf(session -> session.get("a"))).visit();
        visitor.at(exact.visitorOf(session -> session.get("a"))).visit();

        assertThat(exact.calls()).containsExactly("find", "touch", "find", "touch");
    }

    @Test
    @DisplayName("Law 12: the extension on access can be switched off")
    void extensionCanBeSwitchedOff() {
        Application fixed = new Application(
                builder -> builder.policies(SessionPolicies.defaults().withExtendOnAccess(false)));
        Visitor visitor = fixed.visitorDoing(session -> session.put("a", 1));
        visitor.visit();
        fixed.forgetCalls();
        fixed.clock.advance(Duration.ofMinutes(10));

        visitor.at(fixed.visitorOf(session -> session.get("a"))).visit();

        assertThat(fixed.calls()).containsExactly("find");
    }

    @Test
    @DisplayName("Law 13: no cookie for a session whose save failed, and the client sees the error")
    void noCookieWhenTheSaveFailed() {
        application.failNext(StoreOperation.INSERT);

        Visitor.Answer answer = application
                .visitorDoing(session -> session.put("a", 1))
                .visitFailing(SessionException.Unavailable.class);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.cookie()).isNull();
        assertThat(answer.body()).isNotEqualTo("done");
        assertThat(application.records()).isEmpty();
    }

    @Test
    @DisplayName("Law 14: changes of a handler that ended in a 5xx are not saved, unless configured")
    void aServerErrorSavesNothing() {
        Visitor visitor = visitorWith(session -> session.put("a", 1));

        visitor.at(application.visitor(request -> SessionAccess.session(request)
                        .doOnNext(session -> session.put("a", 2))
                        .then(Mono.error(new IllegalStateException("planted")))))
                .visitFailing(IllegalStateException.class);
        visitor.at(application.visitor(request -> SessionAccess.session(request)
                        .doOnNext(session -> session.put("a", 3))
                        .flatMap(session ->
                                ServerResponse.status(HttpStatus.BAD_GATEWAY).build())))
                .visit();

        assertThat(application.calls()).containsExactly("find", "find");
        then(visitor, session -> assertThat(session.<Integer>get("a")).isEqualTo(1));
    }

    @Test
    @DisplayName("Law 14: configured otherwise, they are; and a 4xx always saves")
    void aServerErrorSavesWhenConfigured() {
        Application lenient = new Application(
                builder -> builder.policies(SessionPolicies.defaults().withSaveOnServerError(true)));
        Visitor visitor = lenient.visitorDoing(session -> session.put("a", 1));
        visitor.visit();

        visitor.at(lenient.visitor(request -> SessionAccess.session(request)
                        .doOnNext(session -> session.put("a", 2))
                        .flatMap(session ->
                                ServerResponse.status(HttpStatus.BAD_GATEWAY).build())))
                .visit();

        assertThat(visitor.at(lenient.visitorOf(session -> session.get("a")))
                        .visit()
                        .body())
                .isEqualTo("2");
        Visitor other = visitorWith(session -> session.put("a", 1));
        other.at(application.visitor(request -> SessionAccess.session(request)
                        .doOnNext(session -> session.put("a", 2))
                        .flatMap(session -> ServerResponse.badRequest().build())))
                .visit();
        then(other, session -> assertThat(session.<Integer>get("a")).isEqualTo(2));
    }

    @Test
    @DisplayName("Law 14: a session ended by a handler that ended in a 5xx stays ended")
    void anEndSurvivesAServerError() {
        Visitor visitor = visitorWith(session -> session.put("a", 1));

        visitor.at(application.visitor(request -> SessionAccess.session(request)
                        .doOnNext(Session::invalidate)
                        .then(Mono.error(new IllegalStateException("planted")))))
                .visitFailing(IllegalStateException.class);

        assertThat(application.records()).isEmpty();
    }

    @Test
    @DisplayName("The costs of the commonest requests, in store calls")
    void storeCallsPerRequest() {
        Visitor visitor = application.visitorDoing(session -> session.put("a", 1));
        visitor.visit();
        assertThat(application.takeCalls()).as("create").containsExactly("insert");

        then(visitor, session -> session.get("a"));
        assertThat(application.takeCalls()).as("read").containsExactly("find");

        then(visitor, session -> session.put("a", 2));
        assertThat(application.takeCalls()).as("write").containsExactly("find", "update");

        visitor.at(application.visitorDoing(session -> session.login("alice"))).visit();
        assertThat(application.takeCalls()).as("rotate").containsExactly("find", "update");
    }

    @Test
    @DisplayName("S6: a logout is one load and one delete, and removes the cookie")
    void aLogoutDeletes() {
        Visitor visitor = visitorWith(session -> session.put("a", 1));

        Visitor.Answer answer = then(visitor, Session::invalidate);

        assertThat(application.calls()).containsExactly("find", "delete");
        assertThat(answer.cookie().getMaxAge()).isZero();
        assertThat(application.records()).isEmpty();
    }

    @Test
    @DisplayName("S4: a logout of an anonymous visitor creates nothing and sends nothing")
    void anAnonymousLogoutCreatesNothing() {
        Visitor.Answer answer = application.visitorDoing(Session::invalidate).visit();

        assertThat(answer.cookie()).isNull();
        assertThat(application.calls()).isEmpty();
    }

    @Test
    @DisplayName("What is put after an end begins a new session with a token of its own")
    void anEndFollowedByAPutBeginsAnew() {
        Visitor visitor = visitorWith(session -> session.put("a", 1));
        String old = visitor.token();

        Visitor.Answer answer = then(visitor, session -> {
            session.invalidate();
            session.put("b", 2);
        });

        assertThat(application.calls()).containsExactly("find", "delete", "insert");
        assertThat(answer.cookie().getValue()).isNotEqualTo(old);
        assertThat(application.records()).hasSize(1);
    }
}
