package dev.reactivesession.demo;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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

    private static final Set<String> NOT_SHOWN = Set.of(
            "/**",
            "/webjars/**",
            "/figures",
            "/crowd",
            "/store",
            "/scenes/{scene}",
            "/records/{id}",
            "/outage",
            "/nodes/second",
            "/nodes/second/{*path}");

    private final Figures figures;

    FigureFilter(Figures figures) {
        this.figures = figures;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Tally tally = new Tally();
        return chain.filter(exchange)
                .doFinally(signal -> note(exchange, tally))
                .contextWrite(context -> StoreCalls.countingInto(tally, context));
    }

    private void note(ServerWebExchange exchange, Tally tally) {
        Optional.ofNullable(exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))
                .map(Object::toString)
                .filter(pattern -> !NOT_SHOWN.contains(pattern))
                .map(pattern -> new Figures.Request(
                        exchange.getRequest().getMethod().name(), pattern, status(exchange), tally.calls()))
                .ifPresent(request -> figures.answered(request, tally));
    }

    private static int status(ServerWebExchange exchange) {
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        return Objects.requireNonNullElse(status, HttpStatusCode.valueOf(200)).value();
    }
}
