package dev.reactivesession.test.web;

import dev.reactivesession.Session;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SessionEngineBuilder;
import dev.reactivesession.test.ControllableClock;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.SessionAccess;
import dev.reactivesession.web.SessionWebFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** An application of a few pages on two nodes, each behind a server of its own. Both go by one clock. */
final class TwoNodes implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String COOKIE = CookieSettings.forPlainHttp().name();

    /** A busy machine is no outage. */
    private static final SessionLimits PATIENT = SessionLimits.defaults().withStoreTimeout(Duration.ofSeconds(30));

    private static final String VISIT = "X-Visit";

    final ControllableClock clock = ControllableClock.atPresent();

    final List<SessionEngine> engines = new ArrayList<>();

    private final Map<String, BiFunction<Session, ServerRequest, Mono<String>>> pages = new ConcurrentHashMap<>();

    private final Map<String, Sinks.Empty<Void>> ends = new ConcurrentHashMap<>();

    private final List<DisposableServer> servers = new ArrayList<>();

    private final AtomicInteger visits = new AtomicInteger();

    private final WebClient client = WebClient.create();

    TwoNodes(SessionEngineBuilder one, SessionEngineBuilder other) {
        List.of(one, other).forEach(this::serve);
    }

    private void serve(SessionEngineBuilder builder) {
        SessionEngine engine = builder.clock(clock).limits(PATIENT).build();
        engines.add(engine);
        SessionWebFilter filter = new SessionWebFilter(engine, new CookieTransport(CookieSettings.forPlainHttp()));
        servers.add(HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(RouterFunctions.toWebHandler(
                                RouterFunctions.route(RequestPredicates.all(), this::answer)))
                        .filter(this::ending, filter)
                        .forwardedHeaderTransformer(new ForwardedHeaderTransformer())
                        .build()))
                .bindNow(Duration.ofSeconds(30)));
    }

    /** An exchange may go on after its response: it is over before the clock moves. */
    private Mono<Void> ending(ServerWebExchange exchange, WebFilterChain chain) {
        String visit = Objects.requireNonNull(exchange.getRequest().getHeaders().getFirst(VISIT));
        return chain.filter(exchange)
                .doFinally(end -> Objects.requireNonNull(ends.get(visit)).tryEmitEmpty());
    }

    private Mono<ServerResponse> answer(ServerRequest request) {
        return SessionAccess.session(request)
                .flatMap(session ->
                        Objects.requireNonNull(pages.get(request.path())).apply(session, request))
                .flatMap(text -> ServerResponse.ok().bodyValue(text));
    }

    /** A page that does something and says that it is done. */
    TwoNodes page(String path, Consumer<Session> work) {
        return asking(path, (session, request) -> {
            work.accept(session);
            return Mono.just("done");
        });
    }

    TwoNodes asking(String path, BiFunction<Session, ServerRequest, Mono<String>> work) {
        pages.put(path, work);
        return this;
    }

    Browser browser() {
        return new Browser();
    }

    @Override
    public void close() {
        servers.forEach(server -> server.disposeNow(Duration.ofSeconds(30)));
    }

    /**
     * What came back.
     *
     * @param status the status
     * @param body the text
     * @param cookie the session cookie, or null when none came
     */
    record Answer(int status, String body, @Nullable ResponseCookie cookie) {

        /** How long the browser is to keep the cookie; null until it is closed. */
        @Nullable
        Duration maxAge() {
            Duration age = Objects.requireNonNull(cookie, "no cookie came").getMaxAge();
            return age.isNegative() ? null : age;
        }
    }

    /** Keeps one session cookie, and goes to one node and the other in turn. */
    final class Browser {

        private @Nullable ResponseCookie held;

        private String address = "198.51.100.7";

        private String agent = "Browser/1";

        /** The address is told by a proxy that the server trusts. */
        Browser moveTo(String otherAddress, String otherAgent) {
            address = otherAddress;
            agent = otherAgent;
            return this;
        }

        Answer visit(String path) {
            Answer answer = Objects.requireNonNull(visiting(path).block(PATIENCE));
            take(answer);
            return answer;
        }

        Answer visitAt(int node, String path) {
            Answer answer = Objects.requireNonNull(visitingAt(node, path).block(PATIENCE));
            take(answer);
            return answer;
        }

        /** A visit under way: its cookie is not taken over. */
        Mono<Answer> visiting(String path) {
            return visitingAt(visits.get() % servers.size(), path);
        }

        Mono<Answer> visitingAt(int node, String path) {
            String visit = Integer.toString(visits.getAndIncrement());
            Sinks.Empty<Void> end = Sinks.empty();
            ends.put(visit, end);
            return client.get()
                    .uri("http://127.0.0.1:" + servers.get(node).port() + path)
                    .header(VISIT, visit)
                    .header("X-Forwarded-For", address)
                    .header(HttpHeaders.USER_AGENT, agent)
                    .cookies(cookies -> {
                        if (held != null) {
                            cookies.add(COOKIE, held.getValue());
                        }
                    })
                    .exchangeToMono(TwoNodes::read)
                    .delayUntil(answer -> end.asMono());
        }

        private void take(Answer answer) {
            ResponseCookie cookie = answer.cookie();
            if (cookie != null) {
                held = cookie.getMaxAge().isZero() ? null : cookie;
            }
        }

        /** Cookies without an age are lost. */
        void closeAndOpen() {
            if (held != null && held.getMaxAge().isNegative()) {
                held = null;
            }
        }

        boolean hasCookie() {
            return held != null;
        }
    }

    private static Mono<Answer> read(ClientResponse response) {
        ResponseCookie cookie = response.cookies().getFirst(COOKIE);
        return response.bodyToMono(String.class)
                .defaultIfEmpty("")
                .map(body -> new Answer(response.statusCode().value(), body, cookie));
    }
}
