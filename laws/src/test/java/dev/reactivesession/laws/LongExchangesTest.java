package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.web.SessionAccess;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;

@DisplayName("Law 15 in conversations and streams, on a real server")
class LongExchangesTest {

    private static final Duration PATIENCE = Served.PATIENCE;

    private final Application application = new Application();

    private final Served server = Served.by(application, this::answer);

    private Runnable elsewhere = () -> {};

    @AfterEach
    void stop() {
        server.close();
        application.failures.rethrow();
    }

    private Mono<Void> answer(ServerWebExchange exchange) {
        return exchange.getRequest().getPath().value().equals("/stream") ? stream(exchange) : upgrade(exchange);
    }

    private static Mono<Void> stream(ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        return SessionAccess.session(exchange)
                .flatMap(session -> response.writeAndFlushWith(Flux.interval(Duration.ofMillis(5))
                        .onBackpressureDrop()
                        .map(tick -> Mono.fromSupplier(() -> tick(session, tick, response)))));
    }

    /** The first tick begins the response and changes nothing: what the later ones change is not saved with it. */
    private static DataBuffer tick(Session session, long number, ServerHttpResponse response) {
        if (number > 0) {
            session.put("last", number);
        }
        String heard = number > 0 ? "changed\n" : "begun\n";
        return response.bufferFactory().wrap(heard.getBytes(StandardCharsets.UTF_8));
    }

    private Mono<Void> upgrade(ServerWebExchange exchange) {
        return SessionAccess.session(exchange)
                .flatMap(session -> new HandshakeWebSocketService()
                        .handleRequest(exchange, socket -> socket.send(answers(socket, session))));
    }

    private Flux<WebSocketMessage> answers(WebSocketSession socket, Session session) {
        return socket.receive()
                .map(WebSocketMessage::getPayloadAsText)
                .concatMap(text -> (text.equals("log in") ? logInElsewhere(session) : remember(session, text))
                        .map(socket::textMessage));
    }

    private Mono<String> logInElsewhere(Session session) {
        return Mono.fromRunnable(elsewhere)
                .subscribeOn(Schedulers.boundedElastic())
                .then(remember(session, "meanwhile"))
                .map(kept -> kept + ", of " + session.principal().orElse("nobody") + ", sees "
                        + session.attributes().keySet());
    }

    private static Mono<String> remember(Session session, String text) {
        session.put("last", text);
        return session.save()
                .thenReturn("kept " + text)
                .onErrorResume(SessionException.Gone.class, error -> Mono.just("gone"))
                .onErrorResume(SessionException.Undeliverable.class, error -> Mono.just("undeliverable"))
                .doOnNext(answer -> {
                    if (answer.equals("undeliverable")) {
                        session.remove("last");
                    }
                });
    }

    private List<String> talk(@Nullable String token, String... words) {
        HttpHeaders headers = new HttpHeaders();
        if (token != null) {
            headers.add(HttpHeaders.COOKIE, Application.COOKIE + "=" + token);
        }
        List<String> heard = new CopyOnWriteArrayList<>();
        new ReactorNettyWebSocketClient()
                .execute(
                        URI.create("ws://" + server.authority() + "/"),
                        headers,
                        socket -> socket.send(Flux.fromArray(words).map(socket::textMessage))
                                .thenMany(socket.receive().map(WebSocketMessage::getPayloadAsText))
                                .take(words.length)
                                .doOnNext(heard::add)
                                .then(socket.close()))
                .block(PATIENCE);
        return heard;
    }

    @Test
    @DisplayName("What is saved during a conversation is stored at once")
    void aConversationIsStored() {
        Visitor visitor = application.visitorDoing(session -> session.put("begun", true));
        visitor.visit();

        List<String> heard = talk(visitor.token(), "one", "two");

        assertThat(heard).containsExactly("kept one", "kept two");
        assertThat(application.sessions().find(application.onlyId()).block().<String>get("last"))
                .isEqualTo("two");
    }

    @Test
    @DisplayName("A conversation whose visitor logs in elsewhere is stored, sees nothing of the user, and is over then")
    void aConversationBehindAReplacedToken() {
        Visitor visitor = application.visitorDoing(session -> session.put("begun", true));
        visitor.visit();
        String before = visitor.token();
        Visitor alice = visitor.at(application.visitorDoing(session -> {
            session.login("alice");
            session.put("secret", "of alice");
        }));
        elsewhere = alice::visit;

        List<String> heard = talk(before, "one", "log in", "two");

        assertThat(heard).containsExactly("kept one", "kept meanwhile, of nobody, sees [begun, last]", "gone");
        Session stored = application.sessions().find(application.onlyId()).block();
        assertThat(stored.principal()).contains("alice");
        assertThat(stored.<String>get("last")).isEqualTo("meanwhile");
    }

    @Test
    @DisplayName("What a stream changed and did not save is stored when its visitor leaves")
    void aStreamThatIsLeftIsStored() {
        Visitor visitor = application.visitorDoing(session -> session.put("begun", true));
        visitor.visit();
        SessionId id = application.onlyId();

        HttpClient.create()
                .responseTimeout(PATIENCE)
                .headers(headers -> headers.add(HttpHeaders.COOKIE, Application.COOKIE + "=" + visitor.token()))
                .get()
                .uri("http://" + server.authority() + "/stream")
                .responseContent()
                .asString()
                .filter(heard -> heard.contains("changed"))
                .blockFirst(PATIENCE);

        Session stored = Flux.interval(Duration.ofMillis(20))
                .onBackpressureDrop()
                .concatMap(tick -> application.sessions().find(id))
                .filter(session -> session.contains("last"))
                .blockFirst(PATIENCE);
        assertThat(stored.<Number>get("last").longValue()).isPositive();
    }

    @Test
    @DisplayName("After the response is committed save() stores, and what is not saved is saved at the end")
    void changesAfterTheCommitAreStored() {
        Visitor visitor = application.visitorDoing(session -> session.put("begun", true));
        visitor.visit();

        Visitor.Answer answer = streaming(
                visitor,
                session -> Flux.just("one", "two", "three")
                        .concatMap(word -> Mono.fromRunnable(() -> session.put("last", word))
                                .then(word.equals("two") ? session.save() : Mono.empty())
                                .thenReturn(word)));

        assertThat(answer.body()).isEqualTo("onetwothree");
        assertThat(application.takeCalls())
                .as("created, loaded, saved with the first word, by save(), and at the end")
                .containsExactly("insert", "find", "update", "update", "update");
        assertThat(application.onlyRecord().version()).isEqualTo(4);
        assertThat(application.sessions().find(application.onlyId()).block().<String>get("last"))
                .isEqualTo("three");
    }

    @Test
    @DisplayName("A change after the commit that needs a cookie is a typed error that says so")
    void aLateCookieIsATypedError() {
        List<Throwable> errors = new CopyOnWriteArrayList<>();

        Visitor.Answer answer = streaming(
                application.visitorDoing(session -> {}),
                session -> Flux.just("one", "two")
                        .concatMap(word ->
                                (word.equals("two") ? saveLate(session, errors) : Mono.empty()).thenReturn(word)));

        assertThat(answer.body()).isEqualTo("onetwo");
        assertThat(errors).singleElement().isInstanceOf(SessionException.Undeliverable.class);
        assertThat(errors.get(0)).hasMessageContaining("save()").hasMessageContaining("committed");
        assertThat(application.records()).isEmpty();
    }

    private static Mono<Void> saveLate(Session session, List<Throwable> errors) {
        session.put("a", 1);
        return session.save().onErrorResume(SessionException.Undeliverable.class, error -> {
            errors.add(error);
            session.remove("a");
            return Mono.empty();
        });
    }

    private Visitor.Answer streaming(Visitor visitor, Function<Session, Flux<String>> words) {
        try (Served streaming = Served.at(
                application,
                request -> SessionAccess.session(request)
                        .flatMap(session -> ServerResponse.ok()
                                .contentType(MediaType.TEXT_PLAIN)
                                .body(words.apply(session), String.class)))) {
            return visitor.at(streaming.visitor()).visit();
        }
    }

    @Test
    @DisplayName("What was changed after the response began is stored when the exchange is cancelled")
    void anExchangeThatIsCancelledIsStored() {
        Visitor visitor = application.visitorDoing(session -> session.put("begun", true));
        visitor.visit();
        SessionId id = application.onlyId();
        MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("https://localhost/")
                .cookie(new HttpCookie(Application.COOKIE, visitor.token())));

        application
                .filter()
                .filter(exchange, LongExchangesTest::changeLateAndNeverEnd)
                .subscribe()
                .dispose();

        assertThat(application.sessions().find(id).block().<String>get("last")).isEqualTo("late");
    }

    private static Mono<Void> changeLateAndNeverEnd(ServerWebExchange exchange) {
        return exchange.getResponse()
                .setComplete()
                .then(SessionAccess.session(exchange))
                .doOnNext(session -> session.put("last", "late"))
                .then(Mono.never());
    }

    @Test
    @DisplayName("A session that would begin during the conversation is a typed error: no cookie can be sent any more")
    void aSessionCannotBeginDuringAConversation() {
        assertThat(talk(null, "one")).containsExactly("undeliverable");
        assertThat(application.records()).isEmpty();
    }
}
