package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Attribute;
import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.web.SessionAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@DisplayName("A request whose token was replaced while it ran gets no token and sees nothing that came after")
class ReplacedTokenTest {

    private static final Attribute<List<String>> CART = Attribute.listOf("cart", String.class);

    private static final Attribute<Integer> COUNT = Attribute.of("count", Integer.class);

    private final Application application = new Application();

    private final Visitor visitor = application.visitorDoing(session -> {
        session.put(CART, new ArrayList<>(List.of("begun")));
        session.put("page", "start");
    });

    /** The held request loads, the visitor logs in, and the held request goes on. */
    private Visitor.Answer held(Function<Session, Mono<Void>> late) {
        visitor.visit();
        Visitor held = visitor.at(application.visitor(request -> SessionAccess.session(request)
                .flatMap(session -> Mono.fromRunnable(this::logIn)
                        .subscribeOn(Schedulers.boundedElastic())
                        .then(Mono.defer(() -> late.apply(session)))
                        .then(Application.ok(request)))));
        return held.visit();
    }

    private Visitor.Answer heldDoing(Consumer<Session> late) {
        return held(session -> Mono.fromRunnable(() -> late.accept(session)));
    }

    private final AtomicReference<Visitor> loggedIn = new AtomicReference<>();

    private void logIn() {
        Visitor alice = visitor.at(application.visitorDoing(session -> {
            session.login("alice");
            session.put("secret", "of alice");
            session.put("page", "account");
            session.get(CART).add("of alice");
        }));
        alice.visit();
        loggedIn.set(alice);
    }

    private Session asAlice() {
        List<Session> seen = new ArrayList<>();
        Visitor alice = loggedIn.get();
        alice.at(application.visitorDoing(seen::add)).visit();
        return seen.get(0);
    }

    @Test
    @DisplayName("changeSessionId() of it does nothing: the visitor's own token stays the only good one")
    void itsRotationDoesNothing() {
        Visitor.Answer answer = heldDoing(Session::rotate);

        assertThat(answer.cookie()).isNull();
        assertThat(asAlice().principal()).contains("alice");
    }

    @Test
    @DisplayName("login() and idleTimeout() of it do nothing")
    void itsLoginDoesNothing() {
        Visitor.Answer answer = heldDoing(session -> {
            session.login("mallory");
            session.idleTimeout(Duration.ofHours(5));
        });

        assertThat(answer.cookie()).isNull();
        assertThat(asAlice().principal()).contains("alice");
        assertThat(asAlice().idleTimeout()).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    @DisplayName("Its changes are merged as if they had been made before")
    void itsChangesAreMergedAsEarlier() {
        heldDoing(session -> {
            session.get(CART).add("earlier");
            session.put("page", "stale");
            session.put("own", "kept");
        });

        Session alice = asAlice();
        assertThat(alice.get(CART)).containsExactly("begun", "earlier", "of alice");
        assertThat(alice.<String>get("page")).isEqualTo("account");
        assertThat(alice.<String>get("own")).isEqualTo("kept");
        assertThat(alice.<String>get("secret")).isEqualTo("of alice");
    }

    @Test
    @DisplayName("After save() it still sees what it had loaded, and its next save() says Gone")
    void itAdoptsNothing() {
        List<Object> seen = new ArrayList<>();

        held(session -> {
            session.put("own", "kept");
            return session.save().then(Mono.defer(() -> {
                seen.add(session.principal().isPresent());
                seen.add(session.contains("secret"));
                seen.add(session.<String>get("page"));
                seen.add(session.get(CART));
                session.put("more", 1);
                return session.save().onErrorResume(SessionException.Gone.class, gone -> {
                    seen.add("gone");
                    return Mono.empty();
                });
            }));
        });

        assertThat(seen).containsExactly(false, false, "start", List.of("begun"), "gone");
        assertThat(asAlice().<String>get("own")).isEqualTo("kept");
        assertThat(asAlice().contains("more")).isFalse();
    }

    @Test
    @DisplayName("It sees nothing through a save that had only a rotation to do")
    void anEmptySaveAdoptsNothing() {
        List<Object> seen = new ArrayList<>();

        held(session -> {
            session.rotate();
            return session.save().doOnTerminate(() -> {
                seen.add(session.principal().isPresent());
                seen.add(session.contains("secret"));
            });
        });

        assertThat(seen).containsExactly(false, false);
    }

    @Test
    @DisplayName("A count made by it is added to the one that came after")
    void itsComputationIsComputedOnTop() {
        heldDoing(session -> session.compute(COUNT, count -> count == null ? 1 : count + 1));

        assertThat(asAlice().get(COUNT)).isEqualTo(1);
    }

    @Test
    @DisplayName("A token that was only renewed is not replaced: such a request goes on as before")
    void aRenewalReplacesNothing() {
        Application renewing = new Application(builder -> builder.limits(SessionLimits.defaults()
                .withRenewal(new SessionLimits.Renewal(Duration.ofMinutes(5), Duration.ofSeconds(30)))));
        Visitor first = renewing.visitorDoing(session -> session.put("a", 1));
        first.visit();
        renewing.clock.advance(Duration.ofMinutes(6));
        List<Object> seen = new ArrayList<>();
        Visitor other = first.withToken(first.token());

        first.at(renewing.visitor(request -> SessionAccess.session(request).flatMap(session -> {
                    session.put("held", true);
                    return Mono.fromRunnable(() -> other.at(renewing.visitorDoing(there -> there.put("b", 2)))
                                    .visit())
                            .subscribeOn(Schedulers.boundedElastic())
                            .then(session.save())
                            .then(Mono.fromRunnable(() -> seen.add(session.<Integer>get("b"))))
                            .then(Application.ok(request));
                })))
                .visit();

        assertThat(seen).containsExactly(2);
    }
}
