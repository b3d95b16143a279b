package dev.reactivesession.demo;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The figures for the page, and a crowd to have some. */
@Configuration(proxyBeanMethods = false)
class FigureRoutes {

    private final Figures figures;

    private final Crowd crowd;

    private final PurgeToken token;

    FigureRoutes(Figures figures, Crowd crowd, PurgeToken token) {
        this.figures = figures;
        this.crowd = crowd;
        this.token = token;
    }

    @Bean
    RouterFunction<ServerResponse> currentFigures() {
        return route().GET("/figures", request -> current())
                .POST("/crowd", token::isMissingIn, PurgeToken::unauthorized)
                .POST("/crowd", request -> crowd.comeBy().flatMap(PlainText::ok))
                .build();
    }

    private Mono<ServerResponse> current() {
        return ServerResponse.ok().cacheControl(CacheControl.noStore()).bodyValue(figures.snapshot());
    }
}
