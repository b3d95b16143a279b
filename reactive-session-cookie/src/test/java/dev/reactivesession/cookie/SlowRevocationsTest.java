package dev.reactivesession.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.test.web.Visitor;
import dev.reactivesession.test.web.Visitors;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A store of revocations that answers, but late. */
class SlowRevocationsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final InMemorySessionStore memory = new InMemorySessionStore();

    private Duration delay = Duration.ofMillis(5);

    /** Answers after a while; a change is made after that while as well. */
    private final class Slow implements SessionStore {

        private <T> Mono<T> later(Mono<T> operation) {
            return Mono.defer(() -> operation.delaySubscription(delay));
        }

        @Override
        public Mono<SessionRecord> find(SessionId id) {
            return later(memory.find(id));
        }

        @Override
        public Mono<Boolean> insert(SessionRecord record) {
            return later(memory.insert(record));
        }

        @Override
        public Mono<Boolean> update(SessionRecord record, long basedOn) {
            return later(memory.update(record, basedOn));
        }

        @Override
        public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
            return later(memory.touch(id, accessed, expires));
        }

        @Override
        public Mono<Boolean> delete(SessionId id) {
            return later(memory.delete(id));
        }
    }

    private Visitors visitors(Duration timeout) {
        var limits = Samples.LIMITS.withStoreTimeout(timeout);
        CookieSettings cookie = CookieSettings.forPlainHttp();
        var vault = new SealedSessionVault(
                Samples.keys(1),
                Samples.SETTINGS.withCookieName(cookie.name()),
                limits,
                Samples.RANDOM,
                new Revocations(new Slow(), limits, Clock.systemUTC()));
        SessionEngine engine = SessionEngine.sealing(vault).limits(limits).build();
        return Visitors.of(engine, new CookieTransport(cookie));
    }

    @Test
    void withinTheTimeoutEverythingHoldsAsUsual() {
        Visitor visitor = visitors(PATIENCE).stranger();
        change(visitor, session -> session.put("a", 1));
        change(visitor, session -> session.login("alice"));
        visitor.assertOlderTokensAreDead();
        visitor.assertSession();

        change(visitor, Session::invalidate);

        visitor.assertNoSession();
    }

    @Test
    void laterThanTheTimeoutIsAnErrorAndNeverAVisitorWithoutASession() {
        Visitor visitor = visitors(Duration.ofSeconds(5)).stranger();
        change(visitor, session -> session.login("alice"));
        delay = Duration.ofHours(1);

        visitor.verify(Session.current())
                .expectError(SessionException.Unavailable.class)
                .verify(PATIENCE);

        delay = Duration.ZERO;
        visitor.verify(Session.current().map(session -> session.principal().orElse("nobody")))
                .expectNext("alice")
                .expectComplete()
                .verify(PATIENCE);
        assertThat(visitor.hasToken()).isTrue();
    }

    private static void change(Visitor visitor, java.util.function.Consumer<Session> change) {
        visitor.verify(Session.current().doOnNext(change).then())
                .expectComplete()
                .verify(PATIENCE);
    }
}
