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

/** One comment for each visitor. */
@Configuration(proxyBeanMethods = false)
class CommentRoutes {

    private static final String COMMENTED = "commented";

    @Bean
    RouterFunction<ServerResponse> comments() {
        return route().POST("/comments", CommentRoutes::comment).build();
    }

    private static Mono<ServerResponse> comment(ServerRequest request) {
        return session(request).map(CommentRoutes::comment).flatMap(PlainText::ok);
    }

    private static String comment(Session session) {
        if (session.contains(COMMENTED)) {
            return "You've already commented.";
        }
        session.put(COMMENTED, true);
        return "Thanks for your comment!";
    }
}
