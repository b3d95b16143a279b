package dev.reactivesession.benchmarks.request.app;

import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** The floor: no endpoint has a session, so all answer alike. */
final class NoSession implements Endpoints {

    @Override
    public Mono<String> seed(ServerRequest request) {
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
