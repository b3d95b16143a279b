package dev.reactivesession.demo;

import static dev.reactivesession.web.SessionAccess.session;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionOrigin;
import dev.reactivesession.Sessions;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where the sessions of a user were used last. */
@Configuration(proxyBeanMethods = false)
class OriginRoutes {

    private final Sessions sessions;

    OriginRoutes(Sessions sessions) {
        this.sessions = sessions;
    }

    @Bean
    RouterFunction<ServerResponse> origins() {
        return route().GET("/account/origins", this::list).build();
    }

    private Mono<ServerResponse> list(ServerRequest request) {
        return session(request)
                .flatMap(session -> session.principal()
                        .map(user -> list(session, user))
                        .orElseGet(() -> PlainText.answer(HttpStatus.UNAUTHORIZED, "Please log in.")));
    }

    private Mono<ServerResponse> list(Session current, String user) {
        return sessions.findByPrincipal(user)
                .onErrorResume(SessionException.Misconfigured.class, error -> Flux.just(current))
                .collect(Collectors.toMap(session -> session.id().toString(), OriginRoutes::text))
                .flatMap(origins -> ServerResponse.ok().bodyValue(origins));
    }

    private static String text(Session session) {
        return session.origins().map(origins -> text(origins.lastUsed())).orElse("");
    }

    private static String text(SessionOrigin origin) {
        return Stream.of(browser(String.valueOf(origin.agent())), String.valueOf(origin.address()))
                .filter(part -> !part.equals("null"))
                .collect(Collectors.joining(", "));
    }

    /** The first that an agent claims to be, of those that others claim to be like. */
    private static String browser(String agent) {
        return Stream.of("Edg", "Firefox", "Chrome", "Safari")
                .filter(agent::contains)
                .findFirst()
                .map(name -> Map.of("Edg", "Edge").getOrDefault(name, name))
                .orElseGet(() -> agent.split("[/ ]", 2)[0]);
    }
}
