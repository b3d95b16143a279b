package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.SessionAccess;
import dev.reactivesession.web.SessionWebFilter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Bytes, in place of time: what a request allocates is the same on a busy machine. */
@DisplayName("A request pays for what it uses")
class CostLawsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int REQUESTS = 20_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final SessionWebFilter filter = new SessionWebFilter(
            SessionEngine.over(new InMemorySessionStore()).build(), new CookieTransport(CookieSettings.defaults()));

    private final MockServerHttpRequest request = MockServerHttpRequest.get("/")
            .cookie(new HttpCookie(Application.COOKIE, begun()))
            .build();

    private String begun() {
        MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));
        filter.filter(
                        exchange,
                        same -> SessionAccess.session(same)
                                .doOnNext(session -> session.put("name", "Ada"))
                                .then(Mono.defer(() -> same.getResponse().setComplete())))
                .block(PATIENCE);
        return exchange.getResponse().getCookies().getFirst(Application.COOKIE).getValue();
    }

    /** The bytes of one request, above those of a chain without any filter. */
    private long bytesOf(WebFilterChain handler) {
        WebFilter nothing = (exchange, chain) -> chain.filter(exchange);
        allocated(filter, handler);
        allocated(nothing, exchange -> Mono.empty());
        return allocated(filter, handler) - allocated(nothing, exchange -> Mono.empty());
    }

    private long allocated(WebFilter filter, WebFilterChain handler) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < REQUESTS; i++) {
            filter.filter(MockServerWebExchange.from(request), handler).block(PATIENCE);
        }
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / REQUESTS;
    }

    @Test
    @DisplayName("One that never looks at its session allocates less than 400 bytes for it")
    void untouched() {
        assertThat(bytesOf(exchange -> Mono.empty())).isBetween(1L, 400L);
    }

    @Test
    @DisplayName("One that reads an attribute allocates less than 8,000 bytes, the answer's included")
    void read() {
        assertThat(bytesOf(exchange -> SessionAccess.session(exchange)
                        .doOnNext(session -> session.get("name"))
                        .then(Mono.defer(() -> exchange.getResponse().setComplete()))))
                .isBetween(400L, 8_000L);
    }
}
