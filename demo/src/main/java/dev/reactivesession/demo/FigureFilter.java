package dev.reactivesession.demo;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Around everything, the sessions included: notes how many store calls each request made. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class FigureFilter implements WebFilter {

    private static final Set<String> NOT_SHOWN = Set.of("/**", "/webjars/**", "/figures", "/crowd");

    private final Figures figures;

    FigureFilter(Figures figures) {
        this.figures = figures;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        AtomicInteger calls = new AtomicInteger();
        return chain.filter(exchange)
                .doFinally(signal -> note(exchange, calls.get()))
                .contextWrite(context -> StoreCalls.countingInto(calls, context));
    }

    private void note(ServerWebExchange exchange, int calls) {
        Optional.ofNullable(exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))
                .map(Object::toString)
                .filter(pattern -> !NOT_SHOWN.contains(pattern))
                .ifPresent(pattern -> figures.answered(new Figures.Request(
                        exchange.getRequest().getMethod().name(), pattern, status(exchange), calls)));
    }

    private static int status(ServerWebExchange exchange) {
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        return Objects.requireNonNullElse(status, HttpStatusCode.valueOf(200)).value();
    }
}
