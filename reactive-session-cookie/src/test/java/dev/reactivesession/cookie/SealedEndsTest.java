package dev.reactivesession.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SessionEngineBuilder;
import dev.reactivesession.engine.SignalSettings;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.test.web.Visitor;
import dev.reactivesession.test.web.Visitors;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Streams of sessions that only their clients hold: they end as far as the revocation remembers. */
@Timeout(60)
class SealedEndsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final SignalSettings LOOKING = SignalSettings.defaults().withCheckInterval(Duration.ofMillis(100));

    private final InMemorySessionStore revoked = new InMemorySessionStore();

    private final SessionEngine one = node().build();

    private final SessionEngine other = node().build();

    private SessionEngineBuilder node() {
        Revocations revocations = new Revocations(revoked, Samples.LIMITS, Clock.systemUTC());
        return SessionEngine.sealing(new SealedSessionVault(
                        Samples.keys(1), Samples.SETTINGS, Samples.LIMITS, Samples.RANDOM, revocations))
                .revocation(revocations)
                .signals(LOOKING);
    }

    private static Visitor alice(SessionEngine engine) {
        return Visitors.of(engine, new CookieTransport(CookieSettings.forPlainHttp()))
                .with(session -> session.login("alice"));
    }

    private static Mono<Void> ended() {
        return Mono.defer(Session::current).flatMap(Session::ended);
    }

    @Test
    void aStreamClosesWhenTheSessionsOfItsUserAreEndedOnAnotherNode() {
        alice(one)
                .verify(ended())
                .expectSubscription()
                .then(() -> other.sessions().terminateAll("alice").block(PATIENCE))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void aStreamClosesAtALogoutAndOutlivesARotation() {
        Visitor alice = alice(one);

        alice.verify(ended())
                .expectSubscription()
                .then(() -> act(alice, Session::rotate))
                .expectNoEvent(Duration.ofMillis(400))
                .then(() -> act(alice, Session::invalidate))
                .expectComplete()
                .verify(PATIENCE);
    }

    private static void act(Visitor visitor, java.util.function.Consumer<Session> action) {
        visitor.verify(Mono.defer(Session::current).doOnNext(action))
                .expectNextCount(1)
                .verifyComplete();
    }

    @Test
    void withoutRevocationATypedErrorSaysSo() {
        SessionEngine alone = SessionEngine.sealing(Samples.vault(1)).build();

        alice(alone)
                .verify(ended())
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(SessionException.Misconfigured.class)
                        .hasMessageContaining("reactive-session.sealed.revocation"));
    }

    @Test
    void whatOnlyAStoreCanDoIsATypedError() {
        alice(one)
                .verify(Mono.defer(Session::current).flatMap(session -> session.keepAlive(Duration.ofMinutes(1))))
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(SessionException.Misconfigured.class)
                        .hasMessageContaining("kept alive"));
        StepVerifier.create(one.sessions().ended(new SessionId(1, 2)))
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(SessionException.Misconfigured.class)
                        .hasMessageContaining("session.ended()"));
    }
}
