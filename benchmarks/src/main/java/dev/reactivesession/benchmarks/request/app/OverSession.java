package dev.reactivesession.benchmarks.request.app;

import static dev.reactivesession.web.SessionAccess.session;

import dev.reactivesession.Attribute;
import dev.reactivesession.Session;
import java.util.function.Function;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** The endpoints as one writes them with a Session. */
final class OverSession implements Endpoints {

    private static final Attribute<Integer> COUNT = Attribute.of(COUNTER, Integer.class);

    @Override
    public Mono<String> seed(ServerRequest request) {
        return with(request, session -> {
            Endpoints.indexes().forEach(index -> session.put(Endpoints.name(index), Endpoints.value(index)));
            return "ok";
        });
    }

    @Override
    public Mono<String> read(ServerRequest request) {
        return with(request, session -> String.valueOf(session.<String>get(ONE)));
    }

    @Override
    public Mono<String> write(ServerRequest request) {
        return with(request, session -> {
            session.put(ONE, Endpoints.newValue());
            return "ok";
        });
    }

    @Override
    public Mono<String> create(ServerRequest request) {
        return write(request);
    }

    @Override
    public Mono<String> login(ServerRequest request) {
        return with(request, session -> {
            session.login("alice");
            return "ok";
        });
    }

    @Override
    public Mono<String> increment(ServerRequest request) {
        return with(request, session -> String.valueOf(session.compute(COUNT, n -> n == null ? 1 : n + 1)));
    }

    @Override
    public Mono<String> count(ServerRequest request) {
        return with(request, session -> String.valueOf(session.get(COUNT)));
    }

    private static Mono<String> with(ServerRequest request, Function<Session, String> use) {
        return session(request).map(use);
    }
}
