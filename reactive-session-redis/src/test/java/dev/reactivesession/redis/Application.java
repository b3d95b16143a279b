package dev.reactivesession.redis;

import static dev.reactivesession.web.SessionAccess.session;

import dev.reactivesession.Session;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.codec.json.JsonSessionCodec;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.SessionWebFilter;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.springframework.http.HttpStatusCode;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** A WebFlux application with an engine of its own over a store. */
final class Application {

    static final String COOKIE = CookieSettings.defaults().name();

    static final String HITS = "hits";

    private final WebTestClient client;

    Application(SessionStore store, SessionLimits limits) {
        this(store, limits, Clock.systemUTC());
    }

    Application(SessionStore store, SessionLimits limits, Clock clock) {
        this.client = WebTestClient.bindToRouterFunction(routes())
                .webFilter(new SessionWebFilter(
                        SessionEngine.over(store)
                                .codec(new JsonSessionCodec())
                                .limits(limits)
                                .clock(clock)
                                .build(),
                        new CookieTransport(CookieSettings.defaults())))
                .configureClient()
                .responseTimeout(Duration.ofSeconds(30))
                .build();
    }

    /** Creates a session, and gives its token. */
    String visitor() {
        return request("/create", null).getResponseCookies().getFirst(COOKIE).getValue();
    }

    HttpStatusCode status(String path, String token) {
        return request(path, token).getStatus();
    }

    String body(String path, String token) {
        return new String(request(path, token).getResponseBodyContent());
    }

    private EntityExchangeResult<byte[]> request(String path, String token) {
        return client.get()
                .uri(path)
                .cookies(cookies -> {
                    if (token != null) {
                        cookies.add(COOKIE, token);
                    }
                })
                .exchange()
                .expectBody()
                .returnResult();
    }

    private static RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/untouched", request -> ServerResponse.ok().build())
                .GET("/create", request -> with(request, session -> session.put("user", "x".repeat(200))))
                .GET("/read", request -> with(request, session -> session.get("user")))
                .GET("/write", request -> with(request, session -> session.put("cart", "y".repeat(200))))
                .GET("/count", request -> with(request, session -> session.compute(HITS, Application::oneMore)))
                .GET("/hits", Application::hits)
                .GET("/rotate", request -> with(request, Session::rotate))
                .GET("/invalidate", request -> with(request, Session::invalidate))
                .build();
    }

    static Integer oneMore(Integer hits) {
        return hits == null ? 1 : hits + 1;
    }

    private static Mono<ServerResponse> hits(ServerRequest request) {
        return session(request)
                .flatMap(session -> ServerResponse.ok().bodyValue(String.valueOf(session.getOrDefault(HITS, 0))));
    }

    private static Mono<ServerResponse> with(ServerRequest request, Consumer<Session> use) {
        return session(request)
                .doOnNext(use)
                .flatMap(session -> ServerResponse.ok().build());
    }
}
