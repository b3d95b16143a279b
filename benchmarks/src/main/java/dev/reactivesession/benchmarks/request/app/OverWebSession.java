package dev.reactivesession.benchmarks.request.app;

import java.util.function.Function;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Mono;

/** The endpoints as one writes them with Framework's WebSession, also the one that Spring Session provides. */
final class OverWebSession implements Endpoints {

    /** The attribute by which Spring Session's index finds a user; to the others it is one like any other. */
    private static final String USER =
            "org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME";

    @Override
    public Mono<String> seed(ServerRequest request) {
        return with(request, session -> {
            Endpoints.indexes()
                    .forEach(index -> session.getAttributes().put(Endpoints.name(index), Endpoints.value(index)));
            return "ok";
        });
    }

    @Override
    public Mono<String> read(ServerRequest request) {
        return with(request, session -> session.getRequiredAttribute(ONE));
    }

    @Override
    public Mono<String> write(ServerRequest request) {
        return with(request, session -> {
            session.getAttributes().put(ONE, Endpoints.newValue());
            return "ok";
        });
    }

    @Override
    public Mono<String> create(ServerRequest request) {
        return write(request);
    }

    @Override
    public Mono<String> login(ServerRequest request) {
        return request.session().flatMap(session -> {
            session.getAttributes().put(USER, "alice");
            return session.changeSessionId().thenReturn("ok");
        });
    }

    @Override
    public Mono<String> increment(ServerRequest request) {
        return with(
                request,
                session -> session.getAttributes()
                        .merge(COUNTER, 1, (before, one) -> (Integer) before + (Integer) one)
                        .toString());
    }

    @Override
    public Mono<String> count(ServerRequest request) {
        return with(
                request, session -> session.getAttributeOrDefault(COUNTER, 0).toString());
    }

    private static Mono<String> with(ServerRequest request, Function<WebSession, String> use) {
        return request.session().map(use);
    }
}
