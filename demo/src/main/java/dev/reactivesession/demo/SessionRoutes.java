package dev.reactivesession.demo;

import static dev.reactivesession.web.SessionAccess.session;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.reactivesession.Session;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The whole session deleted, and not even looked at. */
@Configuration(proxyBeanMethods = false)
class SessionRoutes {

    @Bean
    RouterFunction<ServerResponse> deletedAndUntouched() {
        return route().DELETE("/session", SessionRoutes::delete)
                .GET("/untouched", request -> PlainText.ok("ok"))
                .build();
    }

    private static Mono<ServerResponse> delete(ServerRequest request) {
        return session(request)
                .doOnNext(Session::invalidate)
                .then(ServerResponse.noContent().build());
    }
}
