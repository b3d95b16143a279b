package dev.reactivesession.test.web;

import dev.reactivesession.Session;
import dev.reactivesession.Sessions;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SignalSettings;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.SessionAccess;
import dev.reactivesession.web.SessionWebFilter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** One node that serves streams which end with their session, over HTTP. */
final class StreamingNode implements AutoCloseable {

    static final String OPENED = "opened";

    static final CloseStatus SESSION_ENDED = new CloseStatus(4401);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SessionEngine engine;

    private final DisposableServer server;

    private final WebClient client = WebClient.create();

    StreamingNode(SessionStore store, SignalSettings signals, Clock clock) {
        this.engine = SessionEngine.over(store).signals(signals).clock(clock).build();
        this.server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(
                                besideASocket(RouterFunctions.toWebHandler(RouterFunctions.route()
                                        .GET("/login", StreamingNode::login)
                                        .GET("/logout", StreamingNode::logout)
                                        .GET("/stream", StreamingNode::stream)
                                        .GET("/new-stream", StreamingNode::newStream)
                                        .GET("/kept-alive", StreamingNode::keptAlive)
                                        .GET("/look", StreamingNode::look)
                                        .build())))
                        .filter(new SessionWebFilter(engine, new CookieTransport(CookieSettings.forPlainHttp())))
                        .build()))
                .bindNow(PATIENCE);
    }

    private static WebHandler besideASocket(WebHandler pages) {
        WebSocketService sockets = new HandshakeWebSocketService(new ReactorNettyRequestUpgradeStrategy());
        return exchange -> exchange.getRequest().getPath().value().equals("/socket")
                ? sockets.handleRequest(exchange, StreamingNode::converse)
                : pages.handle(exchange);
    }

    private static Mono<Void> converse(WebSocketSession socket) {
        return Session.current().flatMap(session -> {
            Mono<Void> ended = session.ended().then(Mono.defer(() -> socket.close(SESSION_ENDED)));
            Flux<WebSocketMessage> words =
                    Flux.just(OPENED).concatWith(Flux.never()).map(socket::textMessage);
            return Mono.firstWithSignal(socket.send(words), ended);
        });
    }

    /** The code with which a WebSocket is closed from here. */
    CompletableFuture<Integer> socket(LoggedIn user, CompletableFuture<Integer> opened) {
        HttpHeaders headers = new HttpHeaders();
        headers.add("Cookie", user.cookie());
        CompletableFuture<Integer> code = new CompletableFuture<>();
        new ReactorNettyWebSocketClient()
                .execute(
                        URI.create(uri("/socket").replace("http:", "ws:")),
                        headers,
                        socket -> socket.receive()
                                .doOnNext(word -> opened.complete(0))
                                .then(socket.closeStatus())
                                .doOnNext(status -> code.complete(status.getCode()))
                                .then())
                .subscribe(nothing -> {}, error -> {
                    opened.completeExceptionally(error);
                    code.completeExceptionally(error);
                });
        return code;
    }

    Sessions sessions() {
        return engine.sessions();
    }

    void endStreams() {
        engine.streams().end();
    }

    private static Mono<ServerResponse> login(ServerRequest request) {
        return SessionAccess.session(request).flatMap(session -> {
            session.login(request.queryParam("user").orElseThrow());
            request.queryParam("idle").map(Duration::parse).ifPresent(session::idleTimeout);
            return ServerResponse.ok().bodyValue(session.id().toString());
        });
    }

    private static Mono<ServerResponse> logout(ServerRequest request) {
        return SessionAccess.session(request).flatMap(session -> {
            session.invalidate();
            return ServerResponse.ok().bodyValue("bye");
        });
    }

    private static Mono<ServerResponse> stream(ServerRequest request) {
        return SessionAccess.session(request).flatMap(session -> streamed(openUntil(session.ended())));
    }

    /** A session that begins with this response: its record is not there yet when the stream is subscribed to. */
    private static Mono<ServerResponse> newStream(ServerRequest request) {
        return SessionAccess.session(request).flatMap(session -> {
            session.login(request.queryParam("user").orElseThrow());
            return streamed(openUntil(session.ended()));
        });
    }

    private static Mono<ServerResponse> keptAlive(ServerRequest request) {
        Duration interval = Duration.parse(request.queryParam("interval").orElseThrow());
        return SessionAccess.session(request).flatMap(session -> streamed(openUntil(session.keepAlive(interval))));
    }

    private static Flux<String> openUntil(Mono<Void> end) {
        return Flux.just(OPENED).concatWith(Flux.never()).takeUntilOther(end);
    }

    private static Mono<ServerResponse> streamed(Flux<String> events) {
        return ServerResponse.ok().contentType(MediaType.TEXT_EVENT_STREAM).body(events, String.class);
    }

    private static Mono<ServerResponse> look(ServerRequest request) {
        return SessionAccess.session(request)
                .flatMap(session ->
                        ServerResponse.ok().bodyValue(session.principal().orElse("nobody")));
    }

    /** Somebody who has logged in here: their cookie, and the id of their session. */
    record LoggedIn(String cookie, String id) {}

    LoggedIn logIn(String user, Duration idle) {
        return Objects.requireNonNull(client.get()
                .uri(uri("/login?user=" + user + "&idle=" + idle))
                .exchangeToMono(response -> response.bodyToMono(String.class)
                        .map(id -> new LoggedIn(
                                cookie(Objects.requireNonNull(response.cookies().getFirst("session"))), id)))
                .block(PATIENCE));
    }

    private static String cookie(ResponseCookie cookie) {
        return cookie.getName() + "=" + cookie.getValue();
    }

    String get(String path, LoggedIn user) {
        return Objects.requireNonNull(client.get()
                .uri(uri(path))
                .header("Cookie", user.cookie())
                .retrieve()
                .bodyToMono(String.class)
                .block(PATIENCE));
    }

    /** The events of a stream, as they arrive. */
    Flux<String> open(String path, String cookie) {
        return client.get()
                .uri(uri(path))
                .accept(MediaType.TEXT_EVENT_STREAM)
                .header("Cookie", cookie)
                .retrieve()
                .bodyToFlux(String.class);
    }

    private String uri(String path) {
        return "http://127.0.0.1:" + server.port() + path;
    }

    @Override
    public void close() {
        endStreams();
        server.disposeNow(PATIENCE);
    }
}
