package dev.reactivesession.docs.howto;

import static dev.reactivesession.web.SessionAccess.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.web.HeaderTransport;
import dev.reactivesession.web.SessionWebFilter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

/** The handlers of the pages in how-to, over HTTP. The token travels in a header, as for a mobile client. */
@Timeout(120)
class HowToTest {

    private static final String HEADER = HeaderTransport.DEFAULT_NAME;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SessionEngine engine =
            SessionEngine.over(new InMemorySessionStore()).build();

    private final SessionWebFilter filter = new SessionWebFilter(engine, new HeaderTransport(HEADER));

    private final Handlers handlers = new Handlers(
            engine.sessions(), user -> user.equals("alice") ? Mono.just(List.of("tea", "milk")) : Mono.empty());

    private final RouterFunction<ServerResponse> limited = route().GET(
                    "/limited", request -> ServerResponse.noContent().build())
            .build()
            .filter(handlers.limited());

    private final RouterFunction<ServerResponse> routes = route().GET("/cart", handlers::showCart)
            .PUT("/cart/{product}", handlers::addToCart)
            .POST(
                    "/login/{user}",
                    request -> session(request)
                            .flatMap(session -> handlers.logIn(session, request.pathVariable("user")))
                            .then(ServerResponse.noContent().build()))
            .DELETE("/others", handlers::signOutOthers)
            .DELETE("/everywhere", handlers::signOutEverywhere)
            .GET("/my-data", handlers::myData)
            .DELETE("/my-data", handlers::deleteMyData)
            .GET("/ticks", handlers::ticks)
            .add(limited)
            .build();

    private final WebTestClient client = WebTestClient.bindToRouterFunction(routes)
            .webFilter(filter)
            .configureClient()
            .responseTimeout(PATIENCE)
            .build();

    private String token(String method, String path, String token) {
        HttpHeaders headers = client.method(HttpMethod.valueOf(method))
                .uri(path)
                .header(HEADER, token)
                .exchange()
                .expectStatus()
                .isNoContent()
                .expectBody(Void.class)
                .returnResult()
                .getResponseHeaders();
        return headers.getFirst(HEADER) == null ? token : headers.getFirst(HEADER);
    }

    private String cart(String token) {
        return client.get()
                .uri("/cart")
                .header(HEADER, token)
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }

    private String loggedIn() {
        return token("POST", "/login/alice", "");
    }

    @Test
    void aUserSeesTheDataOfAllOwnSessionsAndOfNoOther() {
        String alice = token("POST", "/login/alice", "");
        token("POST", "/login/alice", "");
        token("POST", "/login/bob", "");

        client.get()
                .uri("/my-data")
                .header(HEADER, alice)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.length()")
                .isEqualTo(2)
                .jsonPath("$[0].attributes.cart[0]")
                .isEqualTo("tea")
                .jsonPath("$[1].attributes.cart[1]")
                .isEqualTo("milk");
    }

    @Test
    void aUserDeletesAllOwnData() {
        String alice = token("POST", "/login/alice", "");
        String bob = token("POST", "/login/bob", "");

        token("DELETE", "/my-data", alice);

        assertThat(cart(alice)).isEqualTo("[]");
        assertThat(engine.sessions().export("alice").collectList().block(PATIENCE))
                .isEmpty();
        assertThat(engine.sessions().export("bob").collectList().block(PATIENCE))
                .hasSize(1);
        assertThat(cart(bob)).isEqualTo("[]");
    }

    @Test
    void aLoginMergesTheCartOfTheVisitorWithThatOfTheUser() {
        String anonymous = token("PUT", "/cart/milk", "");

        String alice = token("POST", "/login/alice", anonymous);

        assertThat(alice).isNotEqualTo(anonymous);
        assertThat(cart(alice)).isEqualTo("[\"milk\",\"tea\"]");
        assertThat(cart(anonymous)).isEqualTo("[]");
    }

    @Test
    void othersAreSignedOutAndTheSessionInUseStays() {
        String one = loggedIn();
        String other = loggedIn();

        token("DELETE", "/others", one);

        assertThat(cart(one)).isEqualTo("[\"tea\",\"milk\"]");
        assertThat(cart(other)).isEqualTo("[]");
    }

    @Test
    void everywhereIsHereAsWell() {
        String one = loggedIn();
        String other = loggedIn();

        token("DELETE", "/everywhere", one);

        assertThat(cart(one)).isEqualTo("[]");
        assertThat(cart(other)).isEqualTo("[]");
    }

    @Test
    void theFourthRequestOfAMinuteIsRefused() {
        String visitor = token("GET", "/limited", "");
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            statuses.add(client.get()
                    .uri("/limited")
                    .header(HEADER, visitor)
                    .exchange()
                    .returnResult(Void.class)
                    .getStatus()
                    .value());
        }

        // The minute may change once meanwhile, which begins another three.
        assertThat(statuses).contains(204, 429);
        assertThat(statuses.stream().filter(status -> status == 204).count()).isBetween(2L, 6L);
    }

    @Test
    void aStreamEndsWithItsSession() {
        String alice = loggedIn();
        Flux<String> ticks = client.get()
                .uri("/ticks")
                .header(HEADER, alice)
                .accept(MediaType.TEXT_EVENT_STREAM)
                .exchange()
                .returnResult(String.class)
                .getResponseBody();

        StepVerifier.create(ticks.doOnNext(tick -> token("DELETE", "/everywhere", alice))
                        .ignoreElements())
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void aConversationKeepsWhatItSaves() {
        String visitor = token("PUT", "/cart/tea", "");
        WebHandler sockets = exchange -> session(exchange)
                .flatMap(session -> new HandshakeWebSocketService()
                        .handleRequest(exchange, socket -> handlers.converse(socket, session)));
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(
                        WebHttpHandlerBuilder.webHandler(sockets).filter(filter).build()))
                .bindNow(PATIENCE);
        HttpHeaders headers = new HttpHeaders();
        headers.set(HEADER, visitor);
        List<String> heard = new ArrayList<>();

        new ReactorNettyWebSocketClient()
                .execute(
                        URI.create("ws://127.0.0.1:" + server.port() + "/"),
                        headers,
                        socket -> socket.send(Mono.just(socket.textMessage("milk")))
                                .thenMany(socket.receive().take(1).doOnNext(said -> heard.add(said.getPayloadAsText())))
                                .then(socket.close()))
                .block(PATIENCE);
        server.disposeNow(PATIENCE);

        assertThat(heard).containsExactly("kept milk");
        assertThat(cart(visitor)).isEqualTo("[\"tea\",\"milk\"]");
    }
}
