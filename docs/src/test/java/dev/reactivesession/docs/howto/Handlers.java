package dev.reactivesession.docs.howto;

import static dev.reactivesession.web.SessionAccess.session;
import static org.springframework.web.reactive.function.server.ServerResponse.noContent;
import static org.springframework.web.reactive.function.server.ServerResponse.ok;
import static org.springframework.web.reactive.function.server.ServerResponse.status;

import dev.reactivesession.Attribute;
import dev.reactivesession.Session;
import dev.reactivesession.Sessions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The handlers that the pages in how-to show. */
final class Handlers {

    private static final Attribute<List<String>> CART = Attribute.listOf("cart", String.class);

    private static final Attribute<List<Long>> WINDOW = Attribute.listOf("window", Long.class);

    private static final long LIMIT = 3;

    private final Sessions sessions;

    private final Function<String, Mono<List<String>>> carts;

    private final Clock clock = Clock.systemUTC();

    Handlers(Sessions sessions, Function<String, Mono<List<String>>> carts) {
        this.sessions = sessions;
        this.carts = carts;
    }

    Mono<Void> logIn(Session session, String user) {
        return carts.apply(user)
                .defaultIfEmpty(List.of())
                .doOnNext(earlier -> {
                    session.login(user);
                    List<String> cart = session.computeIfAbsent(CART, ArrayList::new);
                    earlier.stream().filter(product -> !cart.contains(product)).forEach(cart::add);
                })
                .then();
    }

    Mono<ServerResponse> addToCart(ServerRequest request) {
        return session(request)
                .doOnNext(
                        session -> session.computeIfAbsent(CART, ArrayList::new).add(request.pathVariable("product")))
                .then(noContent().build());
    }

    Mono<ServerResponse> showCart(ServerRequest request) {
        return session(request).flatMap(session -> ok().bodyValue(session.getOrDefault(CART, List.of())));
    }

    Mono<ServerResponse> signOutOthers(ServerRequest request) {
        return session(request)
                .flatMap(sessions::terminateOthers)
                .then(noContent().build());
    }

    Mono<ServerResponse> signOutEverywhere(ServerRequest request) {
        return session(request)
                .flatMap(session -> Mono.justOrEmpty(session.principal()))
                .flatMap(sessions::terminateAll)
                .then(noContent().build());
    }

    Mono<ServerResponse> myData(ServerRequest request) {
        return session(request)
                .flatMap(session -> Mono.justOrEmpty(session.principal()))
                .flatMap(user -> sessions.export(user).collectList())
                .flatMap(all -> ok().contentType(MediaType.APPLICATION_JSON).bodyValue(all.toString()));
    }

    Mono<ServerResponse> deleteMyData(ServerRequest request) {
        return session(request)
                .flatMap(session -> Mono.justOrEmpty(session.principal()))
                .flatMap(sessions::terminateAll)
                .then(noContent().build());
    }

    HandlerFilterFunction<ServerResponse, ServerResponse> limited() {
        return (request, next) -> session(request)
                .flatMap(session -> {
                    long minute = clock.instant().getEpochSecond() / 60;
                    session.compute(WINDOW, last -> counted(last, minute));
                    return session.save().then(Mono.fromSupplier(() -> session.get(WINDOW)));
                })
                .flatMap(window -> window.get(1) > LIMIT
                        ? status(HttpStatus.TOO_MANY_REQUESTS)
                                .header("Retry-After", "60")
                                .build()
                        : next.handle(request));
    }

    private static List<Long> counted(@Nullable List<Long> last, long minute) {
        return last == null || last.get(0) != minute ? List.of(minute, 1L) : List.of(minute, last.get(1) + 1);
    }

    Mono<Void> converse(WebSocketSession socket, Session session) {
        Flux<WebSocketMessage> answers = socket.receive()
                .map(WebSocketMessage::getPayloadAsText)
                .concatMap(text -> {
                    session.computeIfAbsent(CART, ArrayList::new).add(text);
                    return session.save().thenReturn(socket.textMessage("kept " + text));
                });
        return socket.send(answers);
    }

    Mono<ServerResponse> ticks(ServerRequest request) {
        Flux<Long> ticks = Flux.interval(Duration.ZERO, Duration.ofSeconds(1)).onBackpressureDrop();
        return session(request)
                .flatMap(session -> ok().contentType(MediaType.TEXT_EVENT_STREAM)
                        .body(ticks.takeUntilOther(session.ended()), Long.class));
    }
}
