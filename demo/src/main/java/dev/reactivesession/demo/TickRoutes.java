package dev.reactivesession.demo;

import static dev.reactivesession.web.SessionAccess.session;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A stream that lives as long as the session it was asked for in, wherever that ends. */
@Configuration(proxyBeanMethods = false)
class TickRoutes {

    @Bean
    RouterFunction<ServerResponse> ticks() {
        return route().GET("/ticks", TickRoutes::ticks).build();
    }

    private static Mono<ServerResponse> ticks(ServerRequest request) {
        Flux<Long> ticks = Flux.interval(Duration.ZERO, Duration.ofSeconds(1)).onBackpressureDrop();
        return session(request)
                .filter(session -> !session.isNew())
                .flatMap(session -> ServerResponse.ok()
                        .contentType(MediaType.TEXT_EVENT_STREAM)
                        .body(ticks.takeUntilOther(session.ended()), Long.class))
                .switchIfEmpty(ServerResponse.noContent().build());
    }
}
