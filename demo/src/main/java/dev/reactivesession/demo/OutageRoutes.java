package dev.reactivesession.demo;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Lets the store go away, and come back. Only an embedded server has a line that can be cut. */
@Configuration(proxyBeanMethods = false)
class OutageRoutes {

    private static final String OUTAGE = "/outage";

    private final List<StoreLine> lines;

    private final PurgeToken token;

    OutageRoutes(ObjectProvider<StoreLine> lines, PurgeToken token) {
        this.lines = lines.orderedStream().toList();
        this.token = token;
    }

    @Bean
    RouterFunction<ServerResponse> outage() {
        return route().POST(OUTAGE, token::isMissingIn, PurgeToken::unauthorized)
                .DELETE(OUTAGE, token::isMissingIn, PurgeToken::unauthorized)
                .POST(OUTAGE, request -> answer(Flux.fromIterable(lines).concatMap(StoreLine::cut)))
                .DELETE(OUTAGE, request -> answer(Flux.fromIterable(lines).concatMap(StoreLine::mend)))
                .build();
    }

    private Mono<ServerResponse> answer(Flux<Void> work) {
        return lines.isEmpty()
                ? PlainText.answer(HttpStatus.NOT_IMPLEMENTED, "This store has no line that could be cut.")
                : work.then(ServerResponse.noContent().build());
    }
}
