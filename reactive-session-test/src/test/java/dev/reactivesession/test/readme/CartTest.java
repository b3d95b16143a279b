package dev.reactivesession.test.readme;

import static dev.reactivesession.test.StoreOperation.FIND;
import static dev.reactivesession.test.StoreOperation.UPDATE;

import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.codec.json.JsonSessionCodec;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.test.StoreProbe;
import dev.reactivesession.test.web.Visitor;
import dev.reactivesession.test.web.Visitors;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.SessionAccess;
import dev.reactivesession.web.SessionTransport;
import dev.reactivesession.web.SessionWebFilter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

class CartTest {

    private final StoreProbe probe = StoreProbe.around(new InMemorySessionStore());

    private final SessionEngine engine =
            SessionEngine.over(probe.store()).codec(new JsonSessionCodec()).build();

    private final SessionTransport transport = new CookieTransport(CookieSettings.defaults());

    private final WebTestClient client = WebTestClient.bindToRouterFunction(shop())
            .webFilter(new SessionWebFilter(engine, transport))
            .build();

    private final Visitors visitors = Visitors.of(engine, transport);

    @Test
    void aProductIsAddedToTheCart() {
        Visitor alice = visitors.with(session -> {
            session.login("alice");
            session.put("cart", new ArrayList<>(List.of("book")));
        });
        probe.forget();

        alice.in(client).post().uri("/cart?add=pen").exchange().expectStatus().isOk();

        probe.assertCalls(FIND, UPDATE);
        alice.assertSession().belongsTo("alice").hasAttribute("cart", List.of("book", "pen"));
    }

    @Test
    void thePageAboutUsNeedsNoSession() {
        Visitor alice = visitors.with(session -> session.login("alice"));
        probe.forget();

        alice.in(client).get().uri("/about").exchange().expectStatus().isOk();

        probe.assertNoCalls();
    }

    @Test
    void anOutageIsNotAnEmptyCart() {
        Visitor alice = visitors.with(session -> session.login("alice"));
        probe.failNext(FIND, 1, new SessionException.Unavailable("down", null));

        alice.in(client).post().uri("/cart?add=pen").exchange().expectStatus().isEqualTo(503);
    }

    @Test
    void aServiceIsTestedWithoutHttp() {
        Visitor stranger = visitors.stranger();

        stranger.verify(add("book")).expectNext(1).verifyComplete();
        stranger.verify(add("pen")).expectNext(2).verifyComplete();

        stranger.assertSession().belongsToNobody().hasAttribute("cart", List.of("book", "pen"));
    }

    private static RouterFunction<ServerResponse> shop() {
        return RouterFunctions.route()
                .GET("/about", request -> ServerResponse.ok().bodyValue("a shop"))
                .POST("/cart", CartTest::cart)
                .build();
    }

    private static Mono<ServerResponse> cart(ServerRequest request) {
        return SessionAccess.session(request)
                .map(session -> put(session, request.queryParam("add").orElseThrow()))
                .flatMap(count -> ServerResponse.ok().bodyValue(count));
    }

    private static Mono<Integer> add(String product) {
        return Session.current().map(session -> put(session, product));
    }

    private static int put(Session session, String product) {
        List<String> cart = session.computeIfAbsent("cart", ArrayList::new);
        cart.add(product);
        return cart.size();
    }
}
