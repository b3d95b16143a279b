package dev.reactivesession.redis.chaos;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.reactivesession.Session;
import dev.reactivesession.web.SessionAccess;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * An application of two processes. Every answer is one line: the user, a space, and the numbers of the increments that
 * the session contains.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
public class ChaosApplication {

    static final String NOBODY = "-";

    private static final String INCREMENTS = "increments";

    /** Starts the process. */
    public static void main(String[] arguments) {
        SpringApplication.run(ChaosApplication.class, arguments);
    }

    @Bean
    SecurityWebFilterChain chain(ServerHttpSecurity http) {
        return http.authorizeExchange(exchange -> exchange.anyExchange().permitAll())
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .build();
    }

    @Bean
    RouterFunction<ServerResponse> pages() {
        return route().GET("/ready", request -> ServerResponse.ok().build())
                .GET("/look", request -> answer(request, session -> {}))
                .POST("/increment", request -> answer(request, session -> increment(session, query(request, "number"))))
                .POST("/login", request -> answer(request, session -> session.login(query(request, "user"))))
                .POST("/logout", request -> answer(request, Session::invalidate))
                .build();
    }

    private static void increment(Session session, String number) {
        session.<String>compute(INCREMENTS, before -> before == null ? number : before + "," + number);
    }

    private static Mono<ServerResponse> answer(ServerRequest request, Consumer<Session> change) {
        return SessionAccess.session(request)
                .doOnNext(change)
                .flatMap(session -> session.save().thenReturn(session))
                .flatMap(session -> ServerResponse.ok().bodyValue(line(session)));
    }

    private static String line(Session session) {
        return session.principal().orElse(NOBODY) + " " + Objects.toString(session.get(INCREMENTS), "");
    }

    private static String query(ServerRequest request, String name) {
        return request.queryParam(name).orElseThrow();
    }
}
