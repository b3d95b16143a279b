package dev.reactivesession.demo;

import dev.reactivesession.SessionException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** A session that grew past its bound is the fault of what was sent, not of the server. Around the sessions, which save last. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class TooLargeFilter implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(exchange)
                .onErrorMap(
                        SessionException.TooLarge.class,
                        error -> new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE, error.getMessage(), error));
    }
}
