package dev.reactivesession.demo;

import static org.springframework.web.reactive.function.server.RequestPredicates.path;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.reactivesession.Sessions;
import dev.reactivesession.SweepReport;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Called by cron to remove expired sessions: answers with the number, or with the progress as a stream of events. */
@Configuration(proxyBeanMethods = false)
class PurgeRoutes {

    private static final String PURGE = "/sessions/purge";

    private final Sessions sessions;

    private final PurgeToken token;

    PurgeRoutes(Sessions sessions, PurgeToken token) {
        this.sessions = sessions;
        this.token = token;
    }

    @Bean
    RouterFunction<ServerResponse> purge() {
        return route().POST(PURGE, token::isMissingIn, PurgeToken::unauthorized)
                .POST(PURGE, PurgeRoutes::asksForProgress, this::progress)
                .POST(PURGE, this::total)
                .route(path(PURGE), PurgeRoutes::notAllowed)
                .build();
    }

    private static boolean asksForProgress(ServerRequest request) {
        return request.headers().accept().contains(MediaType.TEXT_EVENT_STREAM);
    }

    private Mono<ServerResponse> progress(ServerRequest request) {
        return ServerResponse.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .body(sessions.sweep().map(Progress::of), Progress.class);
    }

    private Mono<ServerResponse> total(ServerRequest request) {
        return sessions.sweep().last().flatMap(PurgeRoutes::total);
    }

    private static Mono<ServerResponse> total(SweepReport report) {
        return report.failure() == null
                ? PlainText.ok(report.removed())
                : PlainText.answer(HttpStatus.SERVICE_UNAVAILABLE, report.failure());
    }

    private static Mono<ServerResponse> notAllowed(ServerRequest request) {
        return ServerResponse.status(HttpStatus.METHOD_NOT_ALLOWED)
                .header(HttpHeaders.ALLOW, "POST")
                .build();
    }
}
