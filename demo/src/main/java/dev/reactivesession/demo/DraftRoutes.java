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

/** A text that is stored at once; the answer names the user that the request saw after that. */
@Configuration(proxyBeanMethods = false)
class DraftRoutes {

    private static final int LONGEST = 200;

    @Bean
    RouterFunction<ServerResponse> drafts() {
        return route().PUT("/draft", DraftRoutes::keep).build();
    }

    private static Mono<ServerResponse> keep(ServerRequest request) {
        return Mono.zip(session(request), request.bodyToMono(String.class).defaultIfEmpty(""))
                .flatMap(both -> keep(both.getT1(), both.getT2()));
    }

    private static Mono<ServerResponse> keep(Session session, String text) {
        session.put("draft", text.substring(0, Math.min(LONGEST, text.length())));
        return session.save().then(Mono.defer(() -> PlainText.ok("Kept for " + user(session) + ".")));
    }

    private static String user(Session session) {
        return session.principal().orElse("nobody");
    }
}
