package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.SessionLimits.PerPrincipal;
import dev.reactivesession.SessionLimits.PerPrincipal.Action;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

@DisplayName("Sessions outside of any request")
class SessionsTest {

    private final Application application = new Application();

    private Visitor login(Application at, String principal) {
        Visitor visitor = at.visitorDoing(session -> session.login(principal));
        visitor.visit();
        return visitor;
    }

    @Test
    @DisplayName("A session can be read with its times and decoded attributes, which extends nothing")
    void aSessionCanBeRead() {
        application
                .visitorDoing(session -> session.put("products", List.of("foo")))
                .visit();
        SessionRecord before = application.onlyRecord();
        application.clock.advance(Duration.ofMinutes(10));

        Session session = application.sessions().find(before.id()).block();
        session.save().block();

        assertThat(session.attributes()).containsOnly(Map.entry("products", List.of("foo")));
        assertThat(session.createdAt()).isEqualTo(before.createdAt());
        assertThat(session.expiresAt()).isEqualTo(before.expiresAt());
        assertThat(application.onlyRecord()).isEqualTo(before);
    }

    @Test
    @DisplayName("A session can be changed from outside, which is not a visit")
    void aSessionCanBeChanged() {
        Visitor visitor = application.visitorDoing(session -> session.put("a", 1));
        visitor.visit();
        Instant accessed = application.onlyRecord().lastAccessedAt();
        application.clock.advance(Duration.ofMinutes(10));

        application
                .sessions()
                .update(application.onlyId(), session -> session.put("a", 2))
                .block();

        assertThat(application.onlyRecord().lastAccessedAt()).isEqualTo(accessed);
        assertThat(visitor.at(application.visitorOf(session -> session.get("a")))
                        .visit()
                        .body())
                .isEqualTo("2");
    }

    @Test
    @DisplayName("A session cannot be rotated from outside, because nobody would get its token")
    void aSessionCannotBeRotatedFromOutside() {
        login(application, "alice");

        assertThatExceptionOfType(SessionException.Undeliverable.class)
                .isThrownBy(() -> application
                        .sessions()
                        .update(application.onlyId(), Session::rotate)
                        .block());
    }

    @Test
    @DisplayName("What is absent or expired is empty, false or zero")
    void whatIsAbsentIsEmpty() {
        login(application, "alice");
        application.clock.advance(Duration.ofMinutes(30));

        assertThat(application.sessions().find(application.onlyId()).blockOptional())
                .isEmpty();
        assertThat(application.sessions().find(new SessionId(1, 2)).blockOptional())
                .isEmpty();
        assertThat(application
                        .sessions()
                        .update(new SessionId(1, 2), Session::clear)
                        .blockOptional())
                .isEmpty();
        assertThat(application.sessions().terminate(new SessionId(1, 2)).block())
                .isFalse();
        assertThat(application.sessions().countByPrincipal("alice").block()).isZero();
        assertThat(application.sessions().terminateAll("nobody").block()).isZero();
    }

    @Test
    @DisplayName("S11: terminate one, all of a user, all but the current, everybody")
    void sessionsCanBeTerminated() {
        Visitor current = login(application, "alice");
        login(application, "alice");
        login(application, "alice");
        login(application, "bob");
        Visitor reader = application.visitorOf(Session::principal);

        Mono<Long> others = application
                .engine
                .session(new Tokens.Presented(String.valueOf(current.token())))
                .flatMap(application.sessions()::terminateOthers);

        assertThat(others.block()).isEqualTo(2);
        assertThat(current.at(reader).visit().body()).isEqualTo("Optional[alice]");
        assertThat(application.sessions().countByPrincipal("alice").block()).isEqualTo(1);
        assertThat(application.sessions().terminateAll("alice").block()).isEqualTo(1);
        assertThat(current.at(reader).visit().body()).isEqualTo("Optional.empty");
        assertThat(application.sessions().terminateEverybody().block()).isEqualTo(1);
        assertThat(application.records()).isEmpty();
    }

    @Test
    @DisplayName("S12: a user's sessions are listed without exposing a usable token")
    void aUsersSessionsAreListed() {
        Visitor visitor = login(application, "alice");
        login(application, "bob");

        List<Session> sessions =
                application.sessions().findByPrincipal("alice").collectList().block();

        assertThat(sessions).singleElement().satisfies(session -> {
            assertThat(session.principal()).isEqualTo(Optional.of("alice"));
            assertThat(String.valueOf(visitor.token()))
                    .doesNotContain(session.id().toString());
            assertThat(session.toString()).doesNotContain(String.valueOf(visitor.token()));
        });
    }

    @Test
    @DisplayName("S13: with a maximum per user, one more ends the session used longest ago")
    void theOldestIsEnded() {
        Application limited = limitedTo(2, Action.END_OLDEST);
        Visitor first = login(limited, "alice");
        limited.clock.advance(Duration.ofSeconds(1));
        Visitor second = login(limited, "alice");
        limited.clock.advance(Duration.ofSeconds(1));
        Visitor third = login(limited, "alice");
        Visitor reader = limited.visitorOf(Session::principal);

        assertThat(first.at(reader).visit().body()).isEqualTo("Optional.empty");
        assertThat(second.at(reader).visit().body()).isEqualTo("Optional[alice]");
        assertThat(third.at(reader).visit().body()).isEqualTo("Optional[alice]");
    }

    @Test
    @DisplayName("S13: a use within the touch interval counts, though the store has not been told of it")
    void aUseThatIsNotRecordedCounts() {
        Application limited = limitedTo(2, Action.END_OLDEST);
        Visitor first = login(limited, "alice");
        limited.clock.advance(Duration.ofSeconds(1));
        Visitor second = login(limited, "alice");
        Visitor reader = limited.visitorOf(Session::principal);
        limited.clock.advance(Duration.ofSeconds(1));
        first.at(reader).visit();
        limited.clock.advance(Duration.ofSeconds(1));
        login(limited, "alice");

        assertThat(first.at(reader).visit().body()).isEqualTo("Optional[alice]");
        assertThat(second.at(reader).visit().body()).isEqualTo("Optional.empty");
    }

    @Test
    @DisplayName("S13: a look from outside is no use")
    void aLookFromOutsideIsNoUse() {
        Application limited = limitedTo(2, Action.END_OLDEST);
        Visitor first = login(limited, "alice");
        limited.clock.advance(Duration.ofSeconds(1));
        Visitor second = login(limited, "alice");
        limited.clock.advance(Duration.ofSeconds(1));
        limited.sessions().findByPrincipal("alice").next().block();
        login(limited, "alice");
        Visitor reader = limited.visitorOf(Session::principal);

        assertThat(first.at(reader).visit().body()).isEqualTo("Optional.empty");
        assertThat(second.at(reader).visit().body()).isEqualTo("Optional[alice]");
    }

    @Test
    @DisplayName("S13: with a maximum per user and the other action, one more is refused and stores nothing")
    void oneMoreIsRefused() {
        Application limited = limitedTo(1, Action.REFUSE_NEW);
        Visitor first = login(limited, "alice");
        limited.forgetCalls();

        Visitor.Answer answer = limited.visitorDoing(session -> session.login("alice"))
                .visitFailing(SessionException.LimitReached.class);

        assertThat(limited.takeCalls()).doesNotContain("insert");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.cookie()).isNull();
        assertThat(limited.records()).hasSize(1);
        assertThat(first.at(limited.visitorDoing(session -> session.login("alice")))
                        .visit()
                        .status())
                .as("logging in again within the same session")
                .isEqualTo(200);
    }

    @Test
    @DisplayName("S13: a session that has expired takes no place, though its row is still there")
    void anExpiredSessionTakesNoPlace() {
        Application limited = limitedTo(1, Action.REFUSE_NEW);
        login(limited, "alice");
        limited.clock.advance(Duration.ofMinutes(30));

        login(limited, "alice");

        assertThat(limited.records()).hasSize(2);
    }

    @Test
    @DisplayName("S13: who begins to act as a user neither is refused for it nor ends a session of that user")
    void actingAsAUserTakesNoPlaceWhenItBegins() {
        for (Action action : Action.values()) {
            Application limited = limitedTo(1, action);
            Visitor alice = login(limited, "alice");
            Visitor support = login(limited, "support");

            Visitor.Answer acting = support.at(limited.visitorDoing(session -> session.actAs("alice")))
                    .visit();

            assertThat(acting.status()).isEqualTo(200);
            assertThat(alice.at(limited.visitorOf(Session::principal)).visit().body())
                    .isEqualTo("Optional[alice]");
            assertThat(limited.records())
                    .hasSize(2)
                    .allSatisfy(record -> assertThat(record.principal()).isEqualTo("alice"));
        }
    }

    @Test
    @DisplayName("S13: a session in which another acts as a user takes no place of that user, and is not ended")
    void aSessionOfAnActorIsNotCounted() {
        for (Action action : Action.values()) {
            Application limited = limitedTo(1, action);
            Visitor acting = login(limited, "support").at(limited.visitorDoing(session -> session.actAs("alice")));
            acting.visit();

            Visitor alice = limited.visitorDoing(session -> session.login("alice"));

            assertThat(alice.visit().status()).isEqualTo(200);
            assertThat(limited.records()).hasSize(2);
            assertThat(acting.at(limited.visitorOf(Session::principal)).visit().body())
                    .isEqualTo("Optional[alice]");
        }
    }

    private static Application limitedTo(int maximum, Action action) {
        return new Application(builder ->
                builder.limits(SessionLimits.defaults().withPerPrincipal(new PerPrincipal(maximum, action))));
    }

    @Test
    @DisplayName("A store without a power says which setting would give it, when it is asked for")
    void aMissingPowerIsATypedError() {
        SessionStore memory = new InMemorySessionStore();
        SessionEngine engine = SessionEngine.over(new PlainStore(memory)).build();

        assertThatExceptionOfType(SessionException.Misconfigured.class)
                .isThrownBy(() -> engine.sessions().countByPrincipal("alice").block())
                .withMessageContaining("PlainStore")
                .withMessageContaining("reactive-session.redis.index");
        assertThatExceptionOfType(SessionException.Misconfigured.class)
                .isThrownBy(() -> engine.sessions().sweep().blockLast());
        assertThat(engine.sweeper()).isEmpty();
    }

    private record PlainStore(SessionStore store) implements SessionStore {

        @Override
        public Mono<SessionRecord> find(SessionId id) {
            return store.find(id);
        }

        @Override
        public Mono<Boolean> insert(SessionRecord record) {
            return store.insert(record);
        }

        @Override
        public Mono<Boolean> update(SessionRecord record, long basedOn) {
            return store.update(record, basedOn);
        }

        @Override
        public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
            return store.touch(id, accessed, expires);
        }

        @Override
        public Mono<Boolean> delete(SessionId id) {
            return store.delete(id);
        }
    }
}
