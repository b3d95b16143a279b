package dev.reactivesession.demo;

import static dev.reactivesession.web.SessionAccess.session;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.reactivesession.Session;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.Sessions;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tells visitors what happens to their own sessions, as it happens. Without a session there is nothing to tell. */
@Configuration(proxyBeanMethods = false)
class EventRoutes {

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final ParameterizedTypeReference<ServerSentEvent<EventView>> EVENT =
            new ParameterizedTypeReference<>() {};

    private final Sessions sessions;

    EventRoutes(Sessions sessions) {
        this.sessions = sessions;
    }

    @Bean
    RouterFunction<ServerResponse> events() {
        return route().GET("/events", this::events).build();
    }

    private Mono<ServerResponse> events(ServerRequest request) {
        return session(request)
                .filter(session -> !session.isNew())
                .flatMap(this::stream)
                .switchIfEmpty(ServerResponse.noContent().build());
    }

    private Mono<ServerResponse> stream(Session session) {
        return idsOf(session)
                .collectList()
                .map(ids -> new OwnEvents(session, ids))
                .flatMap(own -> ServerResponse.ok()
                        .contentType(MediaType.TEXT_EVENT_STREAM)
                        .body(toldTo(own), EVENT));
    }

    private Flux<SessionId> idsOf(Session session) {
        return Mono.justOrEmpty(session.principal())
                .flatMapMany(sessions::findByPrincipal)
                .map(Session::id)
                .onErrorResume(SessionException.Misconfigured.class, error -> Flux.empty());
    }

    /** The first comment tells the client that the stream has begun. It ends with the session it was asked for in. */
    private Flux<ServerSentEvent<EventView>> toldTo(OwnEvents own) {
        Flux<ServerSentEvent<EventView>> comments = Flux.interval(Duration.ZERO, HEARTBEAT)
                .onBackpressureDrop()
                .map(tick -> ServerSentEvent.<EventView>builder().comment("").build());
        return sessions.events()
                .ofType(SessionEvent.OfSession.class)
                .filter(own::include)
                .map(EventView::serverSent)
                .mergeWith(comments)
                .takeUntil(event -> own.endWith(event.data()));
    }
}
