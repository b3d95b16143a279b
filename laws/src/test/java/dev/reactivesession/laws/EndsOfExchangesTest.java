package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.SessionLimits.PerPrincipal;
import dev.reactivesession.SessionLimits.PerPrincipal.Action;
import dev.reactivesession.SessionToken;
import dev.reactivesession.engine.LazySession;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.store.Opening;
import dev.reactivesession.store.SaveOutcome;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionVault;
import dev.reactivesession.store.TokenChange;
import dev.reactivesession.store.WriteName;
import dev.reactivesession.test.StoreOperation;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.SessionAccess;
import dev.reactivesession.web.SessionWebFilter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.util.context.Context;

@DisplayName("However an exchange ends, its session is stored once, or its client learns why not")
class EndsOfExchangesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Application application = new Application();

    private final Visitor visitor = application.visitorDoing(session -> session.put("a", 1));

    private Session stored() {
        return application.sessions().find(application.onlyId()).block();
    }

    private MockServerWebExchange exchange() {
        return MockServerWebExchange.from(MockServerHttpRequest.get("/")
                .cookie(new HttpCookie(Application.COOKIE, String.valueOf(visitor.token()))));
    }

    @Test
    @DisplayName("Ten thousand saves in one exchange are ten thousand saves")
    void manySavesInOneExchange() {
        visitor.visit();

        Long saves = SessionAccess.session(filtered())
                .flatMapMany(session ->
                        Flux.range(0, 10_000).concatMap(each -> session.save().thenReturn(each)))
                .count()
                .block(PATIENCE);

        assertThat(saves).isEqualTo(10_000);
    }

    private ServerWebExchange filtered() {
        MockServerWebExchange exchange = exchange();
        application.filter().filter(exchange, same -> Mono.empty()).block(PATIENCE);
        return exchange;
    }

    @Test
    @DisplayName("A save that could not be delivered after the commit is not forgotten by the next save")
    void anUndeliverableChangeIsNotForgotten() {
        visitor.visit();
        List<Object> outcomes = new ArrayList<>();

        application
                .filter()
                .filter(
                        exchange(),
                        same -> SessionAccess.session(same)
                                .flatMap(session -> same.getResponse()
                                        .setComplete()
                                        .then(Mono.defer(() -> {
                                            session.put("late", 1);
                                            session.rotate();
                                            return session.save()
                                                    .onErrorResume(error -> noted(outcomes, error))
                                                    .then(session.save()
                                                            .onErrorResume(error -> noted(outcomes, error)));
                                        }))))
                .onErrorResume(error -> noted(outcomes, error))
                .block(PATIENCE);

        assertThat(outcomes).hasSize(3).allMatch(SessionException.Undeliverable.class::isInstance);
    }

    private static Mono<Void> noted(List<Object> outcomes, Throwable error) {
        outcomes.add(error);
        return Mono.empty();
    }

    private void streamThatFails(Consumer<Session> late) {
        StepVerifier.create(application
                        .filter()
                        .filter(
                                exchange(),
                                same -> SessionAccess.session(same)
                                        .flatMap(session -> same.getResponse()
                                                .setComplete()
                                                .then(Mono.fromRunnable(() -> late.accept(session)))
                                                .then(Mono.error(new IllegalStateException("the stream failed"))))))
                .verifyErrorMessage("the stream failed");
    }

    @Test
    @DisplayName("A stream that fails after the commit stores its changes, as one that is left does")
    void aFailingStreamIsStored() {
        visitor.visit();

        streamThatFails(session -> session.put("late", 1));

        assertThat(stored().<Integer>get("late")).isEqualTo(1);
    }

    @Test
    @DisplayName("A stream that ends its session and then fails has ended it")
    void aFailingStreamEndsItsSession() {
        visitor.visit();

        streamThatFails(Session::invalidate);

        assertThat(application.records()).isEmpty();
    }

    /** A memory store that notes the Reactor context under which it is called. */
    private static final class ContextStore extends PassingStore {

        private final List<String> contexts = new CopyOnWriteArrayList<>();

        @Override
        public Mono<SessionRecord> find(SessionId id) {
            return noting(super.find(id));
        }

        @Override
        public Mono<Boolean> update(SessionRecord record, long basedOn) {
            return noting(super.update(record, basedOn));
        }

        private <T> Mono<T> noting(Mono<T> operation) {
            return Mono.deferContextual(context -> {
                contexts.add(context.getOrDefault("tenant", "none"));
                return operation;
            });
        }
    }

    private static SessionWebFilter over(PassingStore store) {
        return new SessionWebFilter(SessionEngine.over(store).build(), new CookieTransport(CookieSettings.defaults()));
    }

    /** The exchange of a client that has begun a session. */
    private static MockServerWebExchange begunWith(SessionWebFilter filter) {
        MockServerWebExchange first = MockServerWebExchange.from(MockServerHttpRequest.get("/"));
        filter.filter(
                        first,
                        same -> SessionAccess.session(same)
                                .doOnNext(session -> session.put("begun", true))
                                .then(Mono.defer(() -> same.getResponse().setComplete())))
                .block(PATIENCE);
        ResponseCookie cookie = first.getResponse().getCookies().getFirst(Application.COOKIE);
        return MockServerWebExchange.from(
                MockServerHttpRequest.get("/").cookie(new HttpCookie(cookie.getName(), cookie.getValue())));
    }

    @Test
    @DisplayName("The save of a visitor who left runs in the context of the exchange")
    void aLateSaveKeepsTheContext() {
        ContextStore store = new ContextStore();
        SessionWebFilter filter = over(store);

        Disposable exchange = filter.filter(
                        begunWith(filter),
                        same -> SessionAccess.session(same)
                                .flatMap(session -> same.getResponse()
                                        .setComplete()
                                        .then(Mono.fromRunnable(() -> session.put("late", 1)))
                                        .then(Mono.never())))
                .contextWrite(Context.of("tenant", "acme"))
                .subscribe();
        exchange.dispose();

        assertThat(store.contexts).hasSizeGreaterThan(1).containsOnly("acme");
    }

    @Test
    @DisplayName("The save of a handler that ends empty after the commit runs in the context of the exchange")
    void aSaveAtTheEndKeepsTheContext() {
        ContextStore store = new ContextStore();
        SessionWebFilter filter = over(store);

        filter.filter(
                        begunWith(filter),
                        same -> SessionAccess.session(same)
                                .flatMap(session -> same.getResponse()
                                        .setComplete()
                                        .then(Mono.fromRunnable(() -> session.put("late", 1)))))
                .contextWrite(Context.of("tenant", "acme"))
                .block(PATIENCE);

        assertThat(store.contexts).hasSizeGreaterThan(1).containsOnly("acme");
    }

    private Application limited() {
        return new Application(builder ->
                builder.limits(SessionLimits.defaults().withPerPrincipal(new PerPrincipal(1, Action.REFUSE_NEW))));
    }

    private static Visitor.Answer whileHeld(
            Application application, Callable<Visitor.Answer> visit, Runnable meanwhile) {
        Mono<Visitor.Answer> answer = Mono.fromCallable(visit)
                .subscribeOn(Schedulers.boundedElastic())
                .cache();
        answer.subscribe();
        application.meanwhile(meanwhile);
        return answer.block(PATIENCE);
    }

    @Test
    @DisplayName("A login that loses the race for the last place answers 403 without a cookie")
    void aLostRaceForTheLimitSendsNoCookie() {
        Application limited = limited();
        Visitor second =
                limited.visitor(request -> SessionAccess.session(request).flatMap(session -> {
                    session.login("alice");
                    return Application.ok(request);
                }));
        limited.hold(StoreOperation.INSERT);

        Visitor.Answer refused = whileHeld(
                limited,
                () -> second.visitFailing(SessionException.LimitReached.class),
                () -> limited.visitorDoing(session -> session.login("alice")).visit());

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.cookie()).isNull();
        assertThat(limited.records()).hasSize(1);
    }

    @Test
    @DisplayName("When the limit cannot be counted after a login, the answer is 503 without a cookie")
    void anUncountableLimitSendsNoCookie() {
        Application limited = limited();
        Visitor alice = limited.visitorDoing(session -> session.login("alice"));
        limited.hold(StoreOperation.INSERT);

        Visitor.Answer answer = whileHeld(
                limited,
                () -> alice.visitFailing(SessionException.Unavailable.class),
                () -> limited.failNext(StoreOperation.FIND_BY_PRINCIPAL));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.cookie()).isNull();
    }

    private Visitor.Answer failing(Class<? extends Throwable> error, Function<Session, Mono<Void>> use) {
        visitor.visit();
        return visitor.at(application.visitor(request -> SessionAccess.session(request)
                        .flatMap(session -> use.apply(session).then(Application.ok(request)))))
                .visitFailing(error);
    }

    @Test
    @DisplayName("A save of a session that was ended elsewhere answers 409")
    void goneIsAConflict() {
        Visitor.Answer answer = failing(SessionException.Gone.class, session -> {
            session.put("b", 2);
            return application.sessions().terminate(session.id()).then(session.save());
        });

        assertThat(answer.status()).isEqualTo(409);
    }

    @Test
    @DisplayName("A session that is too large answers 413")
    void tooLargeIsContentTooLarge() {
        Visitor.Answer answer = failing(
                SessionException.TooLarge.class,
                session -> Mono.fromRunnable(() -> session.put("b", "x".repeat(3 << 20))));

        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    @DisplayName("A name that no attribute may have answers 400")
    void anInvalidNameIsABadRequest() {
        Visitor.Answer answer = failing(
                SessionException.InvalidName.class, session -> Mono.fromRunnable(() -> session.put("_mine", 1)));

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    @DisplayName("An unavailable store answers 503 and says when to try again")
    void unavailableSaysWhenToTryAgain() {
        visitor.visit();
        application.failNext(StoreOperation.FIND);

        Visitor.Answer answer = visitor.visitFailing(SessionException.Unavailable.class);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
    }

    @Test
    @DisplayName("An error in place of an answer whose save failed carries nothing of that answer")
    void anErrorCarriesNothingOfTheAnswerItReplaces() {
        visitor.visit();
        application.failNext(StoreOperation.UPDATE);

        Visitor.Answer answer = visitor.at(application.visitor(request -> SessionAccess.session(request)
                        .flatMap(session -> {
                            session.put("b", 2);
                            return ServerResponse.seeOther(URI.create("/elsewhere"))
                                    .contentType(MediaType.TEXT_PLAIN)
                                    .header("ETag", "\"1\"")
                                    .header("Access-Control-Allow-Origin", "https://example.com")
                                    .cookie(ResponseCookie.from("theme", "dark").build())
                                    .bodyValue("moved");
                        })))
                .visitFailing(SessionException.Unavailable.class);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers().headerNames())
                .doesNotContain("Location", "Content-Type", "ETag", "Set-Cookie")
                .contains("Access-Control-Allow-Origin");
    }

    @Test
    @DisplayName("An update from outside of a session that ended meanwhile is empty")
    void anUpdateOfAnEndedSessionIsEmpty() {
        visitor.visit();
        SessionId id = application.onlyId();

        Session updated = application
                .sessions()
                .update(id, session -> {
                    session.put("b", 2);
                    application.sessions().terminate(id).block(PATIENCE);
                })
                .block(PATIENCE);

        assertThat(updated).isNull();
        assertThat(application.records()).isEmpty();
    }

    @Test
    @DisplayName("A listener that throws an Error fails no request")
    void aFailingListenerFailsNothing() {
        Application listening = new Application(builder -> builder.listener(event -> {
            throw new AssertionError("a listener failed on " + event.getClass());
        }));
        Visitor there = listening.visitorDoing(session -> session.put("a", 1));

        assertThat(there.visit().status()).isEqualTo(200);
        assertThat(listening.records()).hasSize(1);
    }

    /** Completes empty where the contract asks for an answer. */
    private static final class SilentStore extends PassingStore {

        @Override
        public Mono<Boolean> insert(SessionRecord record) {
            return Mono.empty();
        }
    }

    @Test
    @DisplayName("A store that ends without an answer is an error, not an exchange that never ends")
    void aSilentStoreIsAnError() {
        SessionWebFilter filter = over(new SilentStore());
        MockServerWebExchange first = MockServerWebExchange.from(MockServerHttpRequest.get("/"));

        StepVerifier.create(filter.filter(
                        first,
                        same -> SessionAccess.session(same)
                                .doOnNext(session -> session.put("begun", true))
                                .then(Mono.defer(() -> same.getResponse().setComplete()))))
                .expectErrorSatisfies(error -> assertThat(error)
                        .hasCauseInstanceOf(SessionException.Unavailable.class)
                        .hasStackTraceContaining("without an answer"))
                .verify(PATIENCE);
        assertThat(first.getResponse().getCookies()).isEmpty();
    }

    @Test
    @DisplayName("A vault that ends without an answer fails everybody who waits for the session")
    void aSilentVaultFailsItsSubscribers() {
        LazySession session = SessionEngine.sealing(new SilentVault()).build().session(new Tokens.Presented("any"));

        StepVerifier.create(session)
                .expectError(SessionException.Unavailable.class)
                .verify(PATIENCE);
        StepVerifier.create(session)
                .expectError(SessionException.Unavailable.class)
                .verify(PATIENCE);
    }

    /** Opens nothing, and says nothing. */
    private static final class SilentVault implements SessionVault {

        @Override
        public Mono<Opening> open(SessionToken token, Instant now) {
            return Mono.empty();
        }

        @Override
        public Mono<SaveOutcome> insert(SessionRecord record, List<WriteName> writes) {
            return Mono.empty();
        }

        @Override
        public Mono<SaveOutcome> update(
                SessionRecord record, long basedOn, TokenChange change, List<WriteName> writes) {
            return Mono.empty();
        }

        @Override
        public Mono<SaveOutcome> touch(SessionRecord record, Instant accessed, Instant expires) {
            return Mono.empty();
        }

        @Override
        public Mono<Boolean> delete(SessionRecord record) {
            return Mono.empty();
        }
    }
}
