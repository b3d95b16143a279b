package dev.reactivesession.demo;

import static dev.reactivesession.web.SessionAccess.session;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import java.util.TreeMap;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The session as a dictionary that is saved by hand. */
@Configuration(proxyBeanMethods = false)
class AttributeRoutes {

    @Bean
    RouterFunction<ServerResponse> attributes() {
        return route().GET("/attributes", AttributeRoutes::all)
                .GET("/attributes/{name}", AttributeRoutes::get)
                .PUT("/attributes/{name}", AttributeRoutes::put)
                .DELETE("/attributes/{name}", AttributeRoutes::remove)
                .onError(SessionException.InvalidName.class, AttributeRoutes::badRequest)
                .onError(DataBufferLimitException.class, AttributeRoutes::tooLarge)
                .build();
    }

    private static Mono<ServerResponse> all(ServerRequest request) {
        return session(request)
                .map(session -> new TreeMap<>(session.attributes()))
                .flatMap(attributes -> ServerResponse.ok().bodyValue(attributes));
    }

    private static Mono<ServerResponse> get(ServerRequest request) {
        return session(request)
                .flatMap(session -> Mono.justOrEmpty(session.<Object>get(name(request))))
                .flatMap(PlainText::ok)
                .switchIfEmpty(ServerResponse.notFound().build());
    }

    private static Mono<ServerResponse> put(ServerRequest request) {
        Mono<String> text = request.bodyToMono(String.class).defaultIfEmpty("");
        return Mono.zip(session(request), text).flatMap(both -> put(both.getT1(), name(request), both.getT2()));
    }

    /** What does not fit is taken back, or it would be tried again with the response. */
    private static Mono<ServerResponse> put(Session session, String name, String text) {
        Object before = session.get(name);
        session.put(name, text);
        return saved(session).onErrorResume(SessionException.TooLarge.class, error -> {
            session.put(name, before);
            return PlainText.answer(HttpStatus.CONTENT_TOO_LARGE, error.getMessage());
        });
    }

    private static Mono<ServerResponse> remove(ServerRequest request) {
        return session(request)
                .doOnNext(session -> session.remove(name(request)))
                .flatMap(AttributeRoutes::saved);
    }

    private static Mono<ServerResponse> saved(Session session) {
        return session.save().then(ServerResponse.noContent().build());
    }

    private static String name(ServerRequest request) {
        return request.pathVariable("name");
    }

    private static Mono<ServerResponse> tooLarge(Throwable error, ServerRequest request) {
        return PlainText.answer(HttpStatus.CONTENT_TOO_LARGE, "The text is too long.");
    }

    private static Mono<ServerResponse> badRequest(Throwable error, ServerRequest request) {
        return PlainText.answer(HttpStatus.BAD_REQUEST, error.getMessage());
    }
}
