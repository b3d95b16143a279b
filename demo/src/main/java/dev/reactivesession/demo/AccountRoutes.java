package dev.reactivesession.demo;

import static dev.reactivesession.web.SessionAccess.session;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.Sessions;
import java.util.Comparator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What users see of their own sessions, on every device, and how they end them. */
@Configuration(proxyBeanMethods = false)
class AccountRoutes {

    private final Sessions sessions;

    AccountRoutes(Sessions sessions) {
        this.sessions = sessions;
    }

    @Bean
    RouterFunction<ServerResponse> account() {
        return route().GET("/account", AccountRoutes::whoAmI)
                .GET("/account/sessions", request -> asUser(request, this::list))
                .DELETE("/account/sessions", request -> asUser(request, this::endOthers))
                .DELETE("/account/sessions/{id}", request -> asUser(request, session -> end(request, session)))
                .build();
    }

    private static Mono<ServerResponse> whoAmI(ServerRequest request) {
        return session(request)
                .map(Account::of)
                .flatMap(account -> ServerResponse.ok().bodyValue(account));
    }

    private static Mono<ServerResponse> asUser(ServerRequest request, Function<Session, Mono<ServerResponse>> handler) {
        return session(request)
                .flatMap(session -> session.principal().isPresent()
                        ? handler.apply(session)
                        : PlainText.answer(HttpStatus.UNAUTHORIZED, "Please log in."));
    }

    private Mono<ServerResponse> list(Session current) {
        return own(current)
                .map(session -> SessionSummary.of(session, current))
                .sort(Comparator.comparing(SessionSummary::createdAt).thenComparing(SessionSummary::id))
                .collectList()
                .flatMap(list -> ServerResponse.ok().bodyValue(list));
    }

    /** Sealed in the cookie, nobody but their browsers knows of the others. */
    private Flux<Session> own(Session current) {
        return sessions.findByPrincipal(current.principal().orElseThrow())
                .onErrorResume(SessionException.Misconfigured.class, error -> Flux.just(current));
    }

    /** Revoked without being listed, nobody knows how many there were. */
    private Mono<ServerResponse> endOthers(Session current) {
        return sessions.terminateOthers(current)
                .flatMap(PlainText::ok)
                .switchIfEmpty(PlainText.ok("all the others"))
                .onErrorResume(
                        SessionException.Misconfigured.class,
                        error -> PlainText.answer(HttpStatus.NOT_IMPLEMENTED, error.getMessage()));
    }

    private Mono<ServerResponse> end(ServerRequest request, Session current) {
        return Mono.justOrEmpty(SessionId.parse(request.pathVariable("id")))
                .filterWhen(id -> id.equals(current.id()) ? endThis(current) : endOther(id, current))
                .flatMap(id -> ServerResponse.noContent().build())
                .switchIfEmpty(ServerResponse.notFound().build());
    }

    private static Mono<Boolean> endThis(Session current) {
        return Mono.fromRunnable(current::invalidate).thenReturn(true);
    }

    private Mono<Boolean> endOther(SessionId id, Session current) {
        return sessions.find(id)
                .filter(session -> session.principal().equals(current.principal()))
                .flatMap(session -> sessions.terminate(session.id()))
                .onErrorResume(SessionException.Misconfigured.class, error -> Mono.empty());
    }

    /** Who is asking; nobody, in a session that is not stored. */
    private record Account(@Nullable String user, @Nullable String session) {

        static Account of(Session session) {
            String id = session.isNew() ? null : session.id().toString();
            return new Account(session.principal().orElse(null), id);
        }
    }
}
