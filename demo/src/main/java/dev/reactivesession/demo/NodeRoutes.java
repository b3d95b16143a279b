package dev.reactivesession.demo;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Which store is in use; a second node on it, and what that node answers to the visitor of this one. */
@Configuration(proxyBeanMethods = false)
class NodeRoutes {

    private static final String SECOND = "/nodes/second";

    private final SecondNode second;

    private final StoreView store;

    private final PurgeToken token;

    NodeRoutes(SecondNode second, Environment environment, ObjectProvider<StoreLine> lines, PurgeToken token) {
        this.second = second;
        this.store = StoreView.of(environment, lines.stream().findAny().isPresent());
        this.token = token;
    }

    @Bean
    RouterFunction<ServerResponse> nodes() {
        return route().GET("/store", request -> ServerResponse.ok().bodyValue(store))
                .POST(SECOND, token::isMissingIn, PurgeToken::unauthorized)
                .POST(SECOND, request -> join())
                .GET(SECOND + "/{*path}", this::answerThere)
                .build();
    }

    private Mono<ServerResponse> join() {
        return store.canBeShared()
                ? second.start().flatMap(PlainText::ok)
                : PlainText.answer(HttpStatus.NOT_IMPLEMENTED, "A second node would not see these sessions.");
    }

    private Mono<ServerResponse> answerThere(ServerRequest request) {
        return second.get(request.pathVariable("path"), request.headers().asHttpHeaders())
                .switchIfEmpty(ServerResponse.notFound().build());
    }
}
