package dev.reactivesession.demo;

import static dev.reactivesession.web.SessionAccess.session;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** A notice that is left by one request, and there for the next one that takes it. */
@Configuration(proxyBeanMethods = false)
class NoticeRoutes {

    private static final int LONGEST = 200;

    @Bean
    RouterFunction<ServerResponse> notices() {
        return route().POST("/notice", NoticeRoutes::leave)
                .GET("/notice", NoticeRoutes::take)
                .build();
    }

    private static Mono<ServerResponse> leave(ServerRequest request) {
        return Mono.zip(session(request), request.bodyToMono(String.class).defaultIfEmpty(""))
                .doOnNext(both -> both.getT1().flash("notice", shortened(both.getT2())))
                .then(ServerResponse.noContent().build());
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    private static Mono<ServerResponse> take(ServerRequest request) {
        return session(request)
                .flatMap(session -> session.<String>takeFlash("notice").defaultIfEmpty(""))
                .flatMap(PlainText::ok);
    }
}
