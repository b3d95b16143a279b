package dev.reactivesession.demo;

import static dev.reactivesession.web.SessionAccess.session;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.reactivesession.SessionId;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.store.SessionStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The store calls of a scene, and the record of a session as it lies in the store. */
@Configuration(proxyBeanMethods = false)
class SceneRoutes {

    private final Traces traces;

    private final SessionEngine engine;

    SceneRoutes(Traces traces, SessionEngine engine) {
        this.traces = traces;
        this.engine = engine;
    }

    @Bean
    RouterFunction<ServerResponse> scenes() {
        return route().GET("/scenes/{scene}", this::trace)
                .GET("/records/{id}", this::ownRecord)
                .build();
    }

    private Mono<ServerResponse> trace(ServerRequest request) {
        return Mono.justOrEmpty(traces.find(request.pathVariable("scene")))
                .map(Trace::snapshot)
                .flatMap(SceneRoutes::fresh)
                .switchIfEmpty(ServerResponse.notFound().build());
    }

    /** Whether a session is there, everybody may know who knows its id; what is in it, only its visitor. */
    private Mono<ServerResponse> ownRecord(ServerRequest request) {
        return Mono.zip(Mono.justOrEmpty(engine.store()), Mono.justOrEmpty(SessionId.parse(request.pathVariable("id"))))
                .flatMap(found -> ownRecord(request, found.getT1(), found.getT2()))
                .switchIfEmpty(ServerResponse.notFound().build());
    }

    private static Mono<ServerResponse> ownRecord(ServerRequest request, SessionStore store, SessionId id) {
        return store.find(id)
                .map(RecordView::of)
                .flatMap(record -> session(request)
                        .filter(session -> !session.isNew() && session.id().equals(id))
                        .flatMap(session -> fresh(record))
                        .switchIfEmpty(
                                ServerResponse.status(HttpStatus.FORBIDDEN).build()));
    }

    private static Mono<ServerResponse> fresh(Object body) {
        return ServerResponse.ok().cacheControl(CacheControl.noStore()).bodyValue(body);
    }
}
