package dev.reactivesession.cookie;

import static dev.reactivesession.web.SessionAccess.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionException;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.LimitedSessionStore;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.SessionWebFilter;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.StatusAssertions;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.filter.reactive.ServerWebExchangeContextFilter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The store is asked before a session begins, and knows by whom. */
class LimitedNewcomersTest {

    private static final int MOST = 3;

    private final Map<String, Integer> begun = new ConcurrentHashMap<>();

    private final InMemorySessionStore memory = new InMemorySessionStore();

    private final LimitedSessionStore store = new LimitedSessionStore(memory, this::limited);

    private Mono<Void> limited(SessionRecord record) {
        return Mono.deferContextual(context -> {
            String address = ServerWebExchangeContextFilter.getExchange(context)
                    .orElseThrow()
                    .getRequest()
                    .getHeaders()
                    .getFirst("X-Address");
            return begun.merge(address, 1, Integer::sum) <= MOST
                    ? Mono.empty()
                    : Mono.error(new SessionException.Unavailable("too many new sessions of one address", null));
        });
    }

    @Test
    void anAddressBeginsSoManySessionsAndNoMore() {
        SessionWebFilter sessions = new SessionWebFilter(
                SessionEngine.over(store).build(), new CookieTransport(CookieSettings.forPlainHttp()));
        WebTestClient client = WebTestClient.bindToRouterFunction(RouterFunctions.route()
                        .POST(
                                "/begin",
                                request -> session(request)
                                        .doOnNext(session -> session.put("a", 1))
                                        .flatMap(session -> ServerResponse.ok().build()))
                        .build())
                .webFilter(new ServerWebExchangeContextFilter(), sessions)
                .build();

        for (int request = 0; request < MOST; request++) {
            begin(client, "1.2.3.4").isOk();
        }
        begin(client, "1.2.3.4").is5xxServerError();
        begin(client, "1.2.3.5").isOk();

        assertThat(memory.expired(Instant.MAX).count().block()).isEqualTo(MOST + 1);
    }

    private static StatusAssertions begin(WebTestClient client, String address) {
        return client.post()
                .uri("/begin")
                .header("X-Address", address)
                .exchange()
                .expectStatus();
    }

    @Test
    void powersAreThoseOfTheStore() {
        assertThat(store.power(ExpiredSessions.class)).containsSame(memory);
    }
}
