package dev.reactivesession.benchmarks.request.app;

import org.springframework.http.ResponseCookie;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/**
 * The floor: no endpoint has a session, so all answer alike. Its clients send a cookie all the same, because it is the
 * server that is to differ.
 */
final class NoSession implements Endpoints {

    private static final int COOKIE_CHARACTERS = 64;

    @Override
    public Mono<String> seed(ServerRequest request) {
        request.exchange()
                .getResponse()
                .addCookie(ResponseCookie.from("__Host-preference", "x".repeat(COOKIE_CHARACTERS))
                        .build());
        return Mono.just("ok");
    }

    @Override
    public Mono<String> read(ServerRequest request) {
        return Mono.just(Endpoints.value(7));
    }

    @Override
    public Mono<String> write(ServerRequest request) {
        return Mono.just("ok");
    }

    @Override
    public Mono<String> create(ServerRequest request) {
        return Mono.just("ok");
    }

    @Override
    public Mono<String> login(ServerRequest request) {
        return Mono.just("ok");
    }

    @Override
    public Mono<String> increment(ServerRequest request) {
        return Mono.just("0");
    }

    @Override
    public Mono<String> count(ServerRequest request) {
        return Mono.just("0");
    }
}
