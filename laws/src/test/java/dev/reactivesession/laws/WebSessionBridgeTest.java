package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.web.BridgedWebSessionManager;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.SessionAccess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Mono;

@DisplayName("What the framework expects of a WebSession")
class WebSessionBridgeTest {

    private final Application application = new Application();

    private Visitor visitorOf(Function<WebSession, Mono<?>> use) {
        return application.visitor(request -> request.session()
                .flatMap(session -> use.apply(session).then(Mono.just(session)))
                .flatMap(session -> ServerResponse.ok().bodyValue(String.valueOf(session.<Object>getAttribute("a")))));
    }

    private Visitor writer() {
        Visitor writer = visitorOf(session -> {
            session.getAttributes().put("a", 1);
            return Mono.empty();
        });
        writer.visit();
        application.forgetCalls();
        return writer;
    }

    @Test
    @DisplayName("Asking the exchange for its session does nothing until that is subscribed")
    void askingDoesNothing() {
        Visitor visitor = writer();

        visitor.at(application.visitor(request -> {
                    assertThat(request.session()).isNotNull();
                    return ServerResponse.ok().build();
                }))
                .visit();

        assertThat(application.calls()).isEmpty();
    }

    @Test
    @DisplayName("Looked at but empty: not started, no cookie, not stored")
    void anEmptySessionIsNotStarted() {
        AtomicReference<Boolean> started = new AtomicReference<>();

        Visitor.Answer answer = visitorOf(session -> Mono.fromRunnable(() -> started.set(session.isStarted())))
                .visit();

        assertThat(started).hasValue(false);
        assertThat(answer.cookie()).isNull();
        assertThat(application.records()).isEmpty();
    }

    @Test
    @DisplayName("Started explicitly: a cookie, and stored although empty")
    void startedExplicitly() {
        Visitor.Answer answer = visitorOf(session -> {
                    session.start();
                    assertThat(session.isStarted()).isTrue();
                    return Mono.empty();
                })
                .visit();

        assertThat(answer.cookie()).isNotNull();
        assertThat(application.records()).hasSize(1);
    }

    @Test
    @DisplayName("Started implicitly by its first attribute, which the next request finds")
    void startedImplicitly() {
        Visitor visitor = writer();

        assertThat(visitor.token()).isNotNull();
        assertThat(visitor.at(visitorOf(session -> Mono.empty())).visit().body())
                .isEqualTo("1");
    }

    @Test
    @DisplayName("It is the same session as ours")
    void itIsTheSameSession() {
        Visitor visitor = writer();

        Visitor.Answer answer = visitor.at(application.visitor(request -> Mono.zip(
                                SessionAccess.session(request), request.session())
                        .flatMap(both -> {
                            both.getT2().getAttributes().put("b", "theirs");
                            return ServerResponse.ok()
                                    .bodyValue(both.getT1().<String>get("b")
                                            + both.getT1()
                                                    .id()
                                                    .toString()
                                                    .equals(both.getT2().getId()));
                        })))
                .visit();

        assertThat(answer.body()).isEqualTo("theirstrue");
        assertThat(application.calls()).containsExactly("find", "update");
    }

    @Test
    @DisplayName("A changed id means another cookie, which the next request uses; the old one is dead")
    void aChangedIdIsSeenByTheNextRequest() {
        Visitor visitor = writer();
        String old = visitor.token();

        Visitor changed = visitor.at(visitorOf(WebSession::changeSessionId));
        changed.visit();

        assertThat(changed.token()).isNotEqualTo(old);
        Visitor reader = visitorOf(session -> Mono.empty());
        assertThat(reader.withToken(changed.token()).visit().body()).isEqualTo("1");
        assertThat(reader.withToken(old).visit().body()).isEqualTo("null");
    }

    @Test
    @DisplayName("Invalidating clears the cookie and the data, also when its Mono is dropped")
    void invalidatingWorksWhenItsMonoIsDropped() {
        Visitor visitor = writer();

        Visitor.Answer answer = visitor.at(visitorOf(session -> {
                    Mono<Void> dropped = session.invalidate();
                    assertThat(dropped).isNotNull();
                    assertThat(session.isExpired()).isTrue();
                    return Mono.empty();
                }))
                .visit();

        assertThat(answer.cookie().getMaxAge()).isZero();
        assertThat(application.records()).isEmpty();
    }

    @Test
    @DisplayName("The maximum idle time is that of the session, and negative means as long as there is")
    void maximumIdleTime() {
        Visitor brief = visitorOf(session -> {
            session.getAttributes().put("a", 1);
            session.setMaxIdleTime(Duration.ofSeconds(20));
            assertThat(session.getMaxIdleTime()).isEqualTo(Duration.ofSeconds(20));
            return Mono.empty();
        });
        brief.visit();
        Visitor reader = visitorOf(session -> Mono.empty());

        application.clock.advance(Duration.ofSeconds(20));

        assertThat(reader.withToken(brief.token()).visit().body()).isEqualTo("null");
        Visitor longLived = visitorOf(session -> {
            session.setMaxIdleTime(Duration.ofSeconds(-1));
            assertThat(session.getMaxIdleTime()).isEqualTo(Duration.ofDays(3650));
            return Mono.empty();
        });
        longLived.visit();
    }

    @Test
    @DisplayName("An idle time out of bounds becomes the nearest one within")
    void idleTimesOutOfBounds() {
        List<Duration> kept = new CopyOnWriteArrayList<>();
        List<Duration> wanted = List.of(
                Duration.ZERO,
                Duration.ofMillis(999),
                Duration.ofSeconds(1),
                Duration.ofDays(3650),
                Duration.ofDays(3650).plusMillis(1),
                Duration.ofMillis(-1));

        visitorOf(session -> Mono.fromRunnable(() -> wanted.forEach(time -> {
                    session.setMaxIdleTime(time);
                    kept.add(session.getMaxIdleTime());
                })))
                .visit();

        assertThat(kept)
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofDays(3650),
                        Duration.ofDays(3650),
                        Duration.ofDays(3650));
    }

    @Test
    @DisplayName("Started: found in the store, or with an attribute, or when told; ended: until it is started again")
    void startedAndExpired() {
        Visitor visitor = writer();
        List<Boolean> states = new CopyOnWriteArrayList<>();

        visitor.at(visitorOf(session -> Mono.fromRunnable(() -> {
                    states.add(session.isStarted());
                    states.add(session.isExpired());
                    session.invalidate();
                    states.add(session.isStarted());
                    states.add(session.isExpired());
                    session.start();
                    states.add(session.isStarted());
                    states.add(session.isExpired());
                    session.invalidate();
                    session.getAttributes().put("a", 2);
                    states.add(session.isStarted());
                    states.add(session.isExpired());
                })))
                .visit();

        assertThat(states).containsExactly(true, false, false, true, true, false, true, false);
    }

    @Test
    @DisplayName("Without the filter, the exchange has one session, which is stored before the response")
    void withoutTheFilter() {
        CookieTransport transport = new CookieTransport(CookieSettings.defaults());
        BridgedWebSessionManager manager = new BridgedWebSessionManager(application.engine, transport);
        MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));

        WebSession first = manager.getSession(exchange).block();
        WebSession second = manager.getSession(exchange).block();
        first.getAttributes().put("a", 1);
        exchange.getResponse().setComplete().block();

        assertThat(second.getId()).isEqualTo(first.getId());
        assertThat(second.<Integer>getAttribute("a")).isEqualTo(1);
        assertThat(application.onlyId()).hasToString(first.getId());
        assertThat(exchange.getResponse().getCookies()).containsKey(Application.COOKIE);
    }

    @Test
    @DisplayName("An expired session is not returned")
    void anExpiredSessionIsNotReturned() {
        Visitor visitor = writer();
        application.clock.advance(Duration.ofMinutes(30));

        assertThat(visitor.at(visitorOf(session -> Mono.empty())).visit().body())
                .isEqualTo("null");
    }

    @Test
    @DisplayName("Times move: creation stays, last access follows")
    void timesMove() {
        Visitor visitor = writer();
        application.clock.advance(Duration.ofMinutes(2));
        visitor.at(visitorOf(session -> Mono.empty())).visit();
        AtomicReference<Duration> between = new AtomicReference<>();

        visitor.at(visitorOf(session -> Mono.fromRunnable(
                        () -> between.set(Duration.between(session.getCreationTime(), session.getLastAccessTime())))))
                .visit();

        assertThat(between).hasValue(Duration.ofMinutes(2));
    }

    @Test
    @DisplayName("Saved explicitly, it is stored at once")
    void savedExplicitly() {
        AtomicReference<List<String>> callsWhenSaved = new AtomicReference<>();

        Visitor.Answer answer = visitorOf(session -> {
                    session.getAttributes().put("a", 1);
                    return session.save().doOnSuccess(saved -> callsWhenSaved.set(application.calls()));
                })
                .visit();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(callsWhenSaved).hasValue(List.of("insert"));
        assertThat(application.calls()).containsExactly("insert");
    }

    @Test
    @DisplayName("The session in the Reactor context is there for code that knows only the exchange")
    void theContextHoldsIt() {
        Visitor visitor = writer();

        assertThat(visitor.at(application.visitor(request -> request.session()
                                .then(Session.current())
                                .flatMap(session ->
                                        ServerResponse.ok().bodyValue(String.valueOf(session.<Object>get("a"))))))
                        .visit()
                        .body())
                .isEqualTo("1");
        assertThat(application.calls()).containsExactly("find");
    }
}
