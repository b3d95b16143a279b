package dev.reactivesession.test.web;

import dev.reactivesession.Session;
import dev.reactivesession.SessionToken;
import dev.reactivesession.engine.LazySession;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.TokenCarrier;
import dev.reactivesession.test.SessionAssert;
import dev.reactivesession.web.SessionTransport;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.reactivestreams.Publisher;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.StepVerifierOptions;
import reactor.util.context.Context;

/**
 * Somebody with a browser: presents the token held, and takes over what each response sets or removes. Asserting
 * loads the session as a request would, which a {@link dev.reactivesession.test.StoreProbe} counts, and neither
 * touches nor saves it.
 */
public final class Visitor {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SessionEngine engine;

    private final CookieJar jar;

    private final Set<SessionToken> everHeld = ConcurrentHashMap.newKeySet();

    Visitor(SessionEngine engine, SessionTransport transport) {
        this.engine = engine;
        this.jar = new CookieJar(transport);
    }

    /**
     * Sends the requests of a client as those of this visitor.
     *
     * @param client the client, which stays as it is
     * @return a client that keeps cookies for this visitor
     */
    public WebTestClient in(WebTestClient client) {
        return client.mutate().filter(this::exchange).build();
    }

    /**
     * Runs something without HTTP, as the handler of one exchange of this visitor: {@link Session#current()} is this
     * visitor's session, and what was done to it is stored when the work completes, or as after a 5xx when it fails.
     *
     * @param work runs at each verification
     * @param <T> its elements
     * @return the expectations on its elements
     */
    public <T> StepVerifier.FirstStep<T> verify(Publisher<T> work) {
        LazySession session = engine.session(new JarCarrier());
        Flux<T> exchange = Flux.from(work)
                .onErrorResume(error -> session.commit(true).then(Mono.error(error)))
                .concatWith(Mono.defer(() -> session.commit(false)).then(Mono.empty()));
        return StepVerifier.create(
                exchange, StepVerifierOptions.create().withInitialContext(Context.of(Session.ATTRIBUTE, session)));
    }

    /**
     * Whether the next request would present a token.
     *
     * @return true when a token is held, whatever it opens
     */
    public boolean hasToken() {
        return !jar.tokens().isEmpty();
    }

    /**
     * Fails when the token held opens no session.
     *
     * @return checks of the session as it is stored
     */
    public SessionAssert assertSession() {
        Session session = opened(jar.tokens());
        if (session.isNew()) {
            throw new AssertionError(
                    hasToken() ? "the token of this visitor opens no session" : "this visitor holds no token");
        }
        return SessionAssert.assertThat(session);
    }

    /** Fails when a token is held, or when any token that this visitor ever held still opens a session. */
    public void assertNoSession() {
        if (hasToken()) {
            throw new AssertionError("this visitor still holds a token");
        }
        assertOlderTokensAreDead();
    }

    /** Fails when a token that this visitor held before the present one still opens a session. */
    public void assertOlderTokensAreDead() {
        List<SessionToken> held = jar.tokens();
        long alive = everHeld.stream()
                .filter(token -> !held.contains(token))
                .filter(token -> !opened(List.of(token)).isNew())
                .count();
        if (alive > 0) {
            throw new AssertionError(alive + " of the older tokens of this visitor still open a session");
        }
    }

    private Session opened(List<SessionToken> tokens) {
        return engine.session(new Presented(tokens))
                .blockOptional(PATIENCE)
                .orElseThrow(() -> new AssertionError("an engine gives a session, new or stored"));
    }

    private Mono<ClientResponse> exchange(ClientRequest request, ExchangeFunction next) {
        ClientRequest presenting = ClientRequest.from(request)
                .cookies(jar::addCookies)
                .headers(jar::addHeader)
                .build();
        return next.exchange(presenting).doOnNext(this::take);
    }

    private void take(ClientResponse response) {
        jar.take(response.cookies(), response.headers().asHttpHeaders());
        everHeld.addAll(jar.tokens());
    }

    private final class JarCarrier implements TokenCarrier {

        @Override
        public List<SessionToken> presented() {
            return jar.tokens();
        }

        @Override
        public void lookedAt() {}

        @Override
        public boolean canDeliver() {
            return true;
        }

        @Override
        public void deliver(SessionToken token) {
            jar.take(token);
            everHeld.add(token);
        }

        @Override
        public void remove() {
            jar.forgetToken();
        }
    }

    private record Presented(List<SessionToken> presented) implements TokenCarrier {

        @Override
        public void lookedAt() {}

        @Override
        public boolean canDeliver() {
            return false;
        }

        @Override
        public void deliver(SessionToken token) {}

        @Override
        public void remove() {}
    }
}
