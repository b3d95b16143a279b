package dev.reactivesession.demo;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Notes what happens in requests that belong to a scene. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class TraceFilter implements WebFilter {

    private final Traces traces;

    TraceFilter(Traces traces) {
        this.traces = traces;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return traces.lane(exchange.getRequest().getHeaders().getFirst(Traces.HEADER))
                .map(lane -> traced(exchange.getResponse(), chain.filter(exchange), lane))
                .orElseGet(() -> chain.filter(exchange));
    }

    private static Mono<Void> traced(ServerHttpResponse response, Mono<Void> work, Lane lane) {
        AtomicInteger status = new AtomicInteger();
        return work.doOnSuccess(nothing -> status.set(status(response)))
                .doOnError(error -> status.set(status(error)))
                .doFinally(signal -> lane.answered(status.get(), cookie(response)))
                .contextWrite(context -> context.put(Lane.class, lane));
    }

    private static int status(ServerHttpResponse response) {
        return Objects.requireNonNullElse(response.getStatusCode(), HttpStatusCode.valueOf(200))
                .value();
    }

    private static int status(Throwable error) {
        return error instanceof ResponseStatusException known
                ? known.getStatusCode().value()
                : 500;
    }

    private static String cookie(ServerHttpResponse response) {
        List<ResponseCookie> cookies =
                response.getCookies().values().stream().flatMap(List::stream).toList();
        boolean removed = cookies.stream().anyMatch(cookie -> cookie.getMaxAge().equals(Duration.ZERO));
        return cookies.isEmpty() ? "no cookie" : removed ? "cookie removed" : "new cookie";
    }
}
