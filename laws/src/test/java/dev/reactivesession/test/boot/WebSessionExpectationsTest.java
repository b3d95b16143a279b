package dev.reactivesession.test.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.test.ControllableClock;
import dev.reactivesession.web.BridgedWebSessionManager;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.SessionTransport;
import dev.reactivesession.web.SessionWebFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseCookie;
import org.springframework.test.web.reactive.server.FluxExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Mono;

/** What docs/websession-behaviour.md says of a WebSession, line by line where it is not obvious. */
class WebSessionExpectationsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String COOKIE = CookieSettings.defaults().name();

    private final ControllableClock clock = ControllableClock.at(Instant.parse("2026-03-01T12:00:00Z"));

    private final InMemorySessionStore store = new InMemorySessionStore();

    private final SessionEngine engine = SessionEngine.over(store).clock(clock).build();

    private final SessionTransport transport = new CookieTransport(CookieSettings.defaults());

    private String token = "";

    /** One request, with what it does to its session; gives the text of the answer. */
    private String visit(Function<WebSession, Mono<?>> use) {
        FluxExchangeResult<String> answer = WebTestClient.bindToRouterFunction(RouterFunctions.route(
                        RequestPredicates.all(),
                        request -> request.session()
                                .flatMap(use)
                                .map(String::valueOf)
                                .defaultIfEmpty("nothing")
                                .flatMap(ServerResponse.ok()::bodyValue)))
                .webFilter(new SessionWebFilter(engine, transport))
                .webSessionManager(new BridgedWebSessionManager(engine, transport))
                .configureClient()
                .responseTimeout(PATIENCE)
                .build()
                .get()
                .cookie(COOKIE, token)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(String.class);
        String text = answer.getResponseBody().blockFirst(PATIENCE);
        ResponseCookie cookie = answer.getResponseCookies().getFirst(COOKIE);
        token = cookie == null ? token : cookie.getValue();
        return String.valueOf(text);
    }

    private SessionId begin() {
        return SessionId.parse(visit(session -> {
                    session.getAttributes().put("a", 1);
                    return Mono.just(session.getId());
                }))
                .orElseThrow();
    }

    private SessionRecord record(SessionId id) {
        return store.find(id).block(PATIENCE);
    }

    @Test
    void the_last_access_within_a_request_is_that_request_also_when_it_is_not_worth_recording() {
        SessionId id = begin();
        Instant begun = clock.instant();
        clock.advance(Duration.ofSeconds(10));

        assertThat(visit(session -> Mono.just(session.getLastAccessTime())))
                .isEqualTo(clock.instant().toString());

        assertThat(record(id).lastAccessedAt()).isEqualTo(begun);
    }

    @Test
    void the_last_access_is_never_before_the_creation() {
        begin();

        assertThat(visit(session -> {
                    clock.advance(Duration.ofSeconds(1));
                    return session.invalidate()
                            .then(Mono.fromSupplier(
                                    () -> session.getLastAccessTime().isBefore(session.getCreationTime())));
                }))
                .isEqualTo("false");
    }

    @Test
    void the_id_stays_when_it_is_changed_and_what_the_client_holds_does_not() {
        SessionId id = begin();
        String before = token;

        assertThat(visit(session -> session.changeSessionId().then(Mono.fromSupplier(session::getId))))
                .isEqualTo(id.toString());

        assertThat(token).isNotEqualTo(before);
        token = before;
        assertThat(visit(session -> Mono.justOrEmpty(session.<Object>getAttribute("a"))))
                .isEqualTo("nothing");
    }

    @Test
    void a_change_of_the_id_that_nobody_subscribes_to_is_made_all_the_same() {
        begin();
        String before = token;

        visit(session -> {
            Mono<Void> dropped = session.changeSessionId();
            return Mono.just(dropped);
        });

        assertThat(token).isNotEqualTo(before);
    }

    @Test
    void a_session_has_ended_when_invalidate_completes() {
        SessionId id = begin();

        assertThat(visit(session -> session.invalidate().then(store.find(id).hasElement())))
                .isEqualTo("false");

        assertThat(token).isEmpty();
    }

    @Test
    void a_session_ends_with_the_request_when_nobody_subscribes_to_invalidate() {
        SessionId id = begin();

        assertThat(visit(session -> {
                    Mono<Void> dropped = session.invalidate();
                    return store.find(id)
                            .hasElement()
                            .doOnNext(there -> assertThat(dropped).isNotNull());
                }))
                .isEqualTo("true");

        assertThat(record(id)).isNull();
        assertThat(token).isEmpty();
    }

    @Test
    void what_is_put_into_a_session_after_its_end_begins_another() {
        SessionId id = begin();

        visit(session -> session.invalidate()
                .then(Mono.fromRunnable(() -> session.getAttributes().put("a", 2))));

        assertThat(record(id)).isNull();
        assertThat(visit(session -> Mono.justOrEmpty(session.<Object>getAttribute("a"))))
                .isEqualTo("2");
    }

    @Test
    void a_negative_idle_time_is_the_longest_there_is_and_the_absolute_timeout_holds() {
        SessionId id = begin();

        assertThat(visit(session -> {
                    session.setMaxIdleTime(Duration.ofSeconds(-1));
                    return Mono.just(session.getMaxIdleTime());
                }))
                .isEqualTo(SessionLimits.LONGEST.toString());

        assertThat(record(id).expiresAt()).isEqualTo(clock.instant().plus(Duration.ofHours(12)));
    }

    @Test
    void an_idle_time_of_zero_is_the_shortest_there_is() {
        SessionId id = begin();

        assertThat(visit(session -> {
                    session.setMaxIdleTime(Duration.ZERO);
                    return Mono.just(session.getMaxIdleTime());
                }))
                .isEqualTo(Duration.ofSeconds(1).toString());

        assertThat(record(id).expiresAt()).isEqualTo(clock.instant().plusSeconds(1));
    }
}
