package dev.reactivesession.test.web;

import static dev.reactivesession.test.StoreOperation.FIND;
import static dev.reactivesession.test.StoreOperation.INSERT;
import static dev.reactivesession.test.StoreOperation.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.web.reactive.function.server.RequestPredicates.GET;
import static org.springframework.web.reactive.function.server.RequestPredicates.POST;

import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.codec.json.JsonSessionCodec;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.test.StoreOperation;
import dev.reactivesession.test.StoreProbe;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.HeaderTransport;
import dev.reactivesession.web.SessionAccess;
import dev.reactivesession.web.SessionTransport;
import dev.reactivesession.web.SessionWebFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** An application with a cart, tested as its own authors would. */
class VisitorsTest {

    private final StoreProbe probe = StoreProbe.around(new InMemorySessionStore());

    private final SessionEngine engine =
            SessionEngine.over(probe.store()).codec(new JsonSessionCodec()).build();

    private final SessionTransport cookies = new CookieTransport(CookieSettings.defaults());

    private final Visitors visitors = Visitors.of(engine, cookies);

    private final WebTestClient client = clientOf(cookies);

    static Stream<SessionTransport> transports() {
        return Stream.of(
                new CookieTransport(CookieSettings.defaults()),
                new CookieTransport(CookieSettings.forPlainHttp()),
                new HeaderTransport(HeaderTransport.DEFAULT_NAME));
    }

    @Test
    void aTestOfTheCurrentSessionWithoutAVisitorIsToldWhatProvidesOne() {
        StepVerifier.create(Session.current())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(SessionException.Misconfigured.class)
                        .hasMessageContaining("Return it from the handler")
                        .hasMessageContaining("Visitor.verify"))
                .verify();
    }

    @Test
    void theTimeOfLastAccessHasACheckOfItsOwn() {
        Instant before = Instant.now().minusSeconds(1);
        Visitor visitor = visitors.with(session -> session.put("cart", "pen"));

        visitor.assertSession().accessedNoEarlierThan(before);
        assertThatThrownBy(() -> visitor.assertSession().accessedNoEarlierThan(before.plusSeconds(3600)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("time of last access");
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aVisitorComesWithASessionAndKeepsItFromRequestToRequest(SessionTransport transport) {
        Visitor alice = Visitors.of(engine, transport).with(session -> {
            session.login("alice");
            session.put("cart", new ArrayList<>(List.of("book")));
        });
        add(alice.in(clientOf(transport)), "pen");
        add(alice.in(clientOf(transport)), "ink");
        alice.assertSession().belongsTo("alice").hasAttribute("cart", List.of("book", "pen", "ink"));
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aStrangerGetsASessionOnTheWay(SessionTransport transport) {
        Visitor stranger = Visitors.of(engine, transport).stranger();
        assertThat(stranger.hasToken()).isFalse();
        add(stranger.in(clientOf(transport)), "pen");
        stranger.assertSession().belongsToNobody().hasOnlyAttributes("cart");
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aLogoutTakesTheTokenAway(SessionTransport transport) {
        Visitor alice = Visitors.of(engine, transport).with(session -> session.login("alice"));
        alice.in(clientOf(transport))
                .post()
                .uri("/logout")
                .exchange()
                .expectStatus()
                .isOk();
        alice.assertNoSession();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aLoginReplacesTheToken(SessionTransport transport) {
        Visitor visitor =
                Visitors.of(engine, transport).with(session -> session.put("cart", new ArrayList<>(List.of("book"))));
        visitor.in(clientOf(transport))
                .post()
                .uri("/login")
                .exchange()
                .expectStatus()
                .isOk();
        visitor.assertSession().belongsTo("alice").hasAttribute("cart", List.of("book"));
        visitor.assertOlderTokensAreDead();
    }

    @Test
    void showsThatARequestLeavesTheStoreAlone() {
        Visitor alice = visitors.with(session -> session.login("alice"));
        probe.forget();
        alice.in(client).get().uri("/about").exchange().expectStatus().isOk();
        probe.assertNoCalls();
    }

    @Test
    void showsWhatARequestAskedOfTheStore() {
        Visitor alice = visitors.with(session -> session.login("alice"));
        probe.assertCalls(INSERT);
        probe.forget();
        add(alice.in(client), "pen");
        probe.assertCalls(FIND, UPDATE);
        assertThatThrownBy(probe::assertNoCalls)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("find");
    }

    @Test
    void showsWhatAnOutageDoesToARequest() {
        Visitor alice = visitors.with(session -> session.login("alice"));
        probe.failNext(StoreOperation.FIND, 1, new SessionException.Unavailable("down", null));
        alice.in(client).get().uri("/cart").exchange().expectStatus().isEqualTo(503);
        alice.in(client).get().uri("/cart").exchange().expectStatus().isOk();
    }

    @Test
    void runsAServiceWithoutHttpAsOneExchange() {
        Visitor alice = visitors.with(session -> session.login("alice"));
        Mono<Integer> service = Session.current().map(session -> {
            List<String> cart = session.computeIfAbsent("cart", ArrayList::new);
            cart.add("book");
            return cart.size();
        });
        alice.verify(service).expectNext(1).verifyComplete();
        alice.verify(service).expectNext(2).verifyComplete();
        alice.assertSession().hasAttribute("cart", List.of("book", "book"));
    }

    @Test
    void doesNotStoreWhatAServiceDidThatFailed() {
        Visitor alice = visitors.with(session -> session.login("alice"));
        alice.verify(Session.current()
                        .doOnNext(session -> session.put("page", "lost"))
                        .then(Mono.error(new IllegalStateException("a defect"))))
                .verifyErrorMessage("a defect");
        alice.assertSession().hasNoAttribute("page");
    }

    @Test
    void saysSoWhenThereIsNoSession() {
        assertThatThrownBy(() -> visitors.stranger().assertSession())
                .isInstanceOf(AssertionError.class)
                .hasMessage("this visitor holds no token");
        Visitor alice = visitors.with(session -> session.login("alice"));
        assertThatThrownBy(alice::assertNoSession).isInstanceOf(AssertionError.class);
        engine.sessions().terminateEverybody().block();
        assertThatThrownBy(alice::assertSession)
                .isInstanceOf(AssertionError.class)
                .hasMessage("the token of this visitor opens no session");
    }

    @Test
    void saysWhichAttributeDiffers() {
        Visitor alice = visitors.with(session -> session.put("page", "home"));
        assertThatThrownBy(() -> alice.assertSession().hasAttribute("page", "cart"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("attribute 'page'");
        assertThatThrownBy(() -> alice.assertSession().belongsTo("alice")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> alice.assertSession().hasNoAttribute("page")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> alice.assertSession().hasOnlyAttributes("cart"))
                .isInstanceOf(AssertionError.class);
    }

    private void add(WebTestClient visitor, String product) {
        visitor.post().uri("/cart?add=" + product).exchange().expectStatus().isOk();
    }

    private WebTestClient clientOf(SessionTransport transport) {
        return WebTestClient.bindToRouterFunction(cart())
                .webFilter(new SessionWebFilter(engine, transport))
                .build();
    }

    private static RouterFunction<ServerResponse> cart() {
        return RouterFunctions.route(
                        GET("/about"), request -> ServerResponse.ok().bodyValue("a shop"))
                .andRoute(GET("/cart"), request -> with(request, session -> {}))
                .andRoute(
                        POST("/cart"),
                        request -> with(
                                request,
                                session -> session.<List<String>>computeIfAbsent("cart", ArrayList::new)
                                        .add(request.queryParam("add").orElseThrow())))
                .andRoute(POST("/login"), request -> with(request, session -> session.login("alice")))
                .andRoute(POST("/logout"), request -> with(request, Session::invalidate));
    }

    private static Mono<ServerResponse> with(ServerRequest request, Consumer<Session> change) {
        return SessionAccess.session(request)
                .doOnNext(change)
                .flatMap(session -> ServerResponse.ok().bodyValue("done"));
    }
}
