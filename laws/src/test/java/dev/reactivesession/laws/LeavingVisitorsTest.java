package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.reactivesession.codec.json.JsonSessionCodec;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.SessionAccess;
import dev.reactivesession.web.SessionWebFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

@DisplayName("A visitor who leaves can fill no log; a store that fails then is said")
class LeavingVisitorsTest {

    private static final String LOGGER = SessionWebFilter.class.getName();

    private static final String COOKIE = CookieSettings.defaults().name();

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private boolean broken;

    private final SessionWebFilter filter = new SessionWebFilter(
            SessionEngine.over(new PassingStore() {
                        @Override
                        public Mono<Boolean> update(SessionRecord next, long basedOn) {
                            return broken
                                    ? Mono.error(new IllegalStateException("broken"))
                                    : super.update(next, basedOn);
                        }
                    })
                    .codec(new JsonSessionCodec())
                    .build(),
            new CookieTransport(CookieSettings.defaults()));

    @BeforeEach
    void listen() {
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void leave() {
        logger().detachAppender(log);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(LOGGER);
    }

    private void leaveAfterAChangeThatCameLate(MockServerWebExchange exchange) {
        filter.filter(
                        exchange,
                        answered -> answered.getResponse()
                                .setComplete()
                                .then(SessionAccess.session(answered))
                                .doOnNext(session -> session.put("late", 1))
                                .then(Mono.never()))
                .subscribe()
                .dispose();
    }

    @Test
    @DisplayName("A new visitor who leaves before the token could be sent is at DEBUG")
    void aNewVisitorWhoLeaves() {
        leaveAfterAChangeThatCameLate(MockServerWebExchange.from(MockServerHttpRequest.get("/")));

        assertThat(log.list)
                .extracting(ILoggingEvent::getLevel, ILoggingEvent::getFormattedMessage)
                .containsExactly(tuple(Level.DEBUG, "a visitor left before the token of a new session could be sent"));
    }

    @Test
    @DisplayName("A save that the store fails after its visitor left is a WARN of one line")
    void aFailedSaveOfAVisitorWhoLeft() {
        HttpCookie cookie = known();
        broken = true;

        leaveAfterAChangeThatCameLate(
                MockServerWebExchange.from(MockServerHttpRequest.get("/").cookie(cookie)));

        assertThat(log.list)
                .extracting(ILoggingEvent::getLevel, ILoggingEvent::getThrowableProxy)
                .containsExactly(tuple(Level.WARN, null));
        assertThat(log.list.get(0).getFormattedMessage()).contains("was not saved", "IllegalStateException");
    }

    private HttpCookie known() {
        MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));
        filter.filter(
                        exchange,
                        begun -> SessionAccess.session(begun)
                                .doOnNext(session -> session.put("begun", 1))
                                .then(Mono.defer(() -> begun.getResponse().setComplete())))
                .block();
        ResponseCookie sent = exchange.getResponse().getCookies().getFirst(COOKIE);
        assertThat(sent).isNotNull();
        return new HttpCookie(COOKIE, sent.getValue());
    }
}
