package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.OriginPart;
import dev.reactivesession.Session;
import dev.reactivesession.SessionOrigin;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.test.ControllableClock;
import dev.reactivesession.test.StoreOperation;
import dev.reactivesession.test.StoreProbe;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.SessionAccess;
import dev.reactivesession.web.SessionWebFilter;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

@DisplayName("Where a session comes from: its cost, and its bounds")
class OriginLawsTest {

    private static final String COOKIE = CookieSettings.forPlainHttp().name();

    private final ControllableClock clock = ControllableClock.atPresent();

    private final StoreProbe probe = StoreProbe.around(new InMemorySessionStore());

    private final SessionEngine engine = SessionEngine.over(probe.store())
            .clock(clock)
            .origin(Set.of(OriginPart.AGENT))
            .build();

    private final SessionWebFilter filter =
            new SessionWebFilter(engine, new CookieTransport(CookieSettings.forPlainHttp()));

    private ResponseCookie begun(String agent) {
        MockServerWebExchange exchange = exchange(agent, null);
        filter.filter(
                        exchange,
                        same -> SessionAccess.session(same)
                                .doOnNext(session -> session.login("alice"))
                                .then(Mono.defer(() -> same.getResponse().setComplete())))
                .block();
        probe.forget();
        clock.advance(Duration.ofMinutes(1));
        return Objects.requireNonNull(exchange.getResponse().getCookies().getFirst(COOKIE));
    }

    private void read(String agent, ResponseCookie cookie) {
        filter.filter(
                        exchange(agent, cookie),
                        same -> SessionAccess.session(same)
                                .then(Mono.defer(() -> same.getResponse().setComplete())))
                .block();
    }

    private static MockServerWebExchange exchange(String agent, ResponseCookie cookie) {
        MockServerHttpRequest.BaseBuilder<?> request =
                MockServerHttpRequest.get("/").header(HttpHeaders.USER_AGENT, agent);
        if (cookie != null) {
            request.cookie(new HttpCookie(COOKIE, cookie.getValue()));
        }
        return MockServerWebExchange.from(request.build());
    }

    @Test
    @DisplayName("A use from the same place is a touch, and one from another place a save in its stead")
    void itCostsNoMoreWrites() {
        ResponseCookie cookie = begun("One");

        read("One", cookie);
        probe.assertCalls(StoreOperation.FIND, StoreOperation.TOUCH);
        clock.advance(Duration.ofMinutes(1));
        read("Two", cookie);
        probe.assertCalls(StoreOperation.FIND, StoreOperation.TOUCH, StoreOperation.FIND, StoreOperation.UPDATE);
    }

    @Test
    @DisplayName("A save notes where its visitor is now, and keeps where the session began")
    void aSaveNotesTheLastUse() {
        ResponseCookie cookie = begun("One");

        filter.filter(
                        exchange("Two", cookie),
                        same -> SessionAccess.session(same)
                                .doOnNext(session -> session.put("a", 1))
                                .then(Mono.defer(() -> same.getResponse().setComplete())))
                .block();

        assertThat(listed().origins()).hasValueSatisfying(origins -> {
            assertThat(origins.created()).isEqualTo(new SessionOrigin(null, "One"));
            assertThat(origins.loggedIn()).isEqualTo(new SessionOrigin(null, "One"));
            assertThat(origins.lastUsed()).isEqualTo(new SessionOrigin(null, "Two"));
        });
    }

    @Test
    @DisplayName("A request whose token was replaced while it ran does not say where its user is")
    void aReplacedRequestNotesNothing() {
        ResponseCookie cookie = begun("One");

        filter.filter(
                        exchange("Two", cookie),
                        same -> SessionAccess.session(same)
                                .doOnNext(session -> session.put("a", 1))
                                .then(Mono.defer(() -> rotated("One", cookie)))
                                .then(Mono.defer(() -> same.getResponse().setComplete())))
                .block();

        assertThat(listed().contains("a")).isTrue();
        assertThat(listed().origins())
                .hasValueSatisfying(
                        origins -> assertThat(origins.lastUsed()).isEqualTo(new SessionOrigin(null, "One")));
    }

    private Mono<Void> rotated(String agent, ResponseCookie cookie) {
        return filter.filter(
                exchange(agent, cookie),
                same -> SessionAccess.session(same)
                        .doOnNext(Session::rotate)
                        .then(Mono.defer(() -> same.getResponse().setComplete())));
    }

    private Session listed() {
        return Objects.requireNonNull(engine.sessions().findByPrincipal("alice").blockFirst());
    }

    @Test
    @DisplayName("It is there for whoever lists the sessions of a user, and a long agent is cut")
    void itIsListed() {
        begun("x".repeat(1000));

        Session listed = engine.sessions().findByPrincipal("alice").blockFirst();

        assertThat(Objects.requireNonNull(listed).origins()).hasValueSatisfying(origins -> {
            assertThat(origins.created()).isEqualTo(new SessionOrigin(null, "x".repeat(256)));
            assertThat(origins.loggedIn()).isEqualTo(origins.created());
        });
    }

    @Test
    @DisplayName("A look from outside notes nothing")
    void aLookFromOutsideNotesNothing() {
        begun("One");
        Session listed = Objects.requireNonNull(
                engine.sessions().findByPrincipal("alice").blockFirst());

        Session updated = engine.sessions()
                .update(listed.id(), session -> session.put("a", 1))
                .block();

        assertThat(Objects.requireNonNull(updated).origins()).isEqualTo(listed.origins());
    }
}
