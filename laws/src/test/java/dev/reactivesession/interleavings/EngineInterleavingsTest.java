package dev.reactivesession.interleavings;

import static dev.reactivesession.interleavings.Meeting.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionToken;
import dev.reactivesession.laws.PassingStore;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.test.Actor;
import dev.reactivesession.test.Interleavings;
import dev.reactivesession.test.SessionAssert;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Every order of the store calls of those who meet in one session, each on a node of its own unless a test says
 * otherwise.
 */
class EngineInterleavingsTest {

    private static final int MOST_SCHEDULES = 50_000;

    private static final Instant TOUCH_IS_DUE = START.plusSeconds(120);

    private static final Instant DEADLINE = START.plus(Meeting.IDLE);

    private static final Instant LAST_MOMENT = DEADLINE.minusMillis(1);

    @Nested
    @DisplayName("Law 8: a session that was ended stays ended")
    class WhatWasEndedStaysEnded {

        @Test
        void againstARequestThatLoadsAndSaves() {
            explore(meeting -> {
                meeting.request("save", session -> session.put("page", "cart"));
                meeting.logout();
                meeting.mustNotFail();
            });
        }

        @Test
        void againstARequestThatLoadsAndTouches() {
            explore(meeting -> {
                meeting.at(TOUCH_IS_DUE).request("read", session -> session.get("page"));
                meeting.logout();
                meeting.mustNotFail();
            });
        }

        @Test
        void againstARequestThatRotates() {
            explore(meeting -> {
                meeting.request("rotate", Session::rotate);
                meeting.logoutIfStillKnown();
                meeting.mustNotFail();
            });
        }

        @Test
        void againstTwoRequestsThatSave() {
            explore(meeting -> {
                meeting.request("save", session -> session.put("page", "cart"));
                meeting.request("count", EngineInterleavingsTest::count);
                meeting.logout();
                meeting.mustNotFail();
            });
        }

        @Test
        void againstARequestThatSavesAndOneThatTouches() {
            explore(meeting -> {
                meeting.at(TOUCH_IS_DUE).request("save", session -> session.put("page", "cart"));
                meeting.request("read", session -> session.get("page"));
                meeting.logout();
                meeting.mustNotFail();
            });
        }

        @Test
        void againstARequestThatLogsInAndOneThatCounts() {
            explore(meeting -> {
                meeting.request("login", session -> session.login("bob"));
                meeting.request("count", EngineInterleavingsTest::count);
                meeting.logoutIfStillKnown();
                meeting.mustNotFail();
            });
        }

        @Test
        void againstTwoRequestsOneAfterTheOther() {
            explore(meeting -> {
                meeting.actor(
                        "save twice",
                        engine -> meeting.client()
                                .request(engine, session -> session.put("page", "one"))
                                .then(meeting.client().request(engine, session -> session.put("page", "two"))));
                meeting.logout();
                meeting.mustNotFail();
            });
        }

        @Test
        void againstAnotherLogout() {
            explore(meeting -> {
                meeting.request("logout too", Session::invalidate);
                meeting.logout();
                meeting.mustNotFail();
            });
        }

        @Test
        void againstRequestsWhileTheUserEndsAllSessions() {
            explore(meeting -> {
                meeting.request("count", EngineInterleavingsTest::count);
                meeting.request("save", session -> session.put("page", "cart"));
                meeting.actor("logout everywhere", engine -> engine.sessions().terminateAll("alice"));
                meeting.mustBeOver();
                meeting.mustNotFail();
            });
        }

        @Test
        void againstAnUpdateFromOutsideAnyRequest() {
            explore(meeting -> {
                meeting.actor(
                        "update",
                        engine -> engine.sessions().update(meeting.id(), session -> session.put("page", "admin")));
                meeting.request("count", EngineInterleavingsTest::count);
                meeting.logout();
                meeting.mayOnlyFailWith(SessionException.Gone.class);
            });
        }

        @Test
        void againstARequestInTheLastMomentAndASweep() {
            explore(meeting -> {
                meeting.at(LAST_MOMENT).request("count", EngineInterleavingsTest::count);
                meeting.logout();
                meeting.at(DEADLINE).sweep("sweep");
                meeting.mustNotFail();
            });
        }

        @Test
        void whenAllRequestsAreOnOneNode() {
            explore(meeting -> {
                meeting.actor(
                        "node",
                        engine -> Flux.merge(
                                meeting.client().request(engine, session -> session.put("page", "cart")),
                                meeting.client().request(engine, EngineInterleavingsTest::count),
                                meeting.client().request(engine, Session::invalidate)));
                meeting.mustBeOver();
                meeting.mustNotFail();
            });
        }
    }

    @Nested
    @DisplayName("Law 9: no update is lost")
    class NoUpdateIsLost {

        @Test
        void ofTwoRequestsThatCount() {
            explore(meeting -> {
                meeting.request("one", EngineInterleavingsTest::count);
                meeting.request("two", EngineInterleavingsTest::count);
                meeting.mustHold(session -> SessionAssert.assertThat(session).hasAttribute("count", 2));
                meeting.mustNotFail();
            });
        }

        @Test
        void ofThreeRequestsThatCount() {
            explore(meeting -> {
                meeting.request("one", EngineInterleavingsTest::count);
                meeting.request("two", EngineInterleavingsTest::count);
                meeting.request("three", EngineInterleavingsTest::count);
                meeting.mustHold(session -> SessionAssert.assertThat(session).hasAttribute("count", 3));
                meeting.mustNotFail();
            });
        }

        @Test
        void ofRequestsThatChangeDifferentAttributes() {
            explore(meeting -> {
                meeting.request("one", session -> session.put("a", "1"));
                meeting.request("two", session -> session.put("b", "2"));
                meeting.request("three", session -> session.remove("page"));
                meeting.mustHold(session -> SessionAssert.assertThat(session)
                        .hasOnlyAttributes("a", "b")
                        .hasAttribute("a", "1")
                        .hasAttribute("b", "2"));
                meeting.mustNotFail();
            });
        }

        @Test
        void ofARequestThatCountsWhileAnotherTouches() {
            explore(meeting -> {
                meeting.at(TOUCH_IS_DUE).request("count", EngineInterleavingsTest::count);
                meeting.request("read", session -> session.get("page"));
                meeting.mustHold(session -> SessionAssert.assertThat(session).hasAttribute("count", 1));
                meeting.mustNotFail();
            });
        }

        @Test
        void withoutATypedErrorWhereThePolicyIsToRefuse() {
            explore(meeting -> {
                meeting.refusingConflicts();
                Actor one = meeting.request("one", session -> session.put("page", "one"));
                Actor two = meeting.request("two", session -> session.put("page", "two"));
                meeting.mayOnlyFailWith(SessionException.Conflict.class);
                meeting.mustHold(session -> assertThat(session.<String>get("page"))
                        .isIn(
                                one.failure().isPresent() ? "two" : "one",
                                two.failure().isPresent() ? "one" : "two"));
                meeting.mustHold(session -> assertThat(
                                one.failure().isPresent() && two.failure().isPresent())
                        .as("both refused")
                        .isFalse());
            });
        }
    }

    @Nested
    @DisplayName("Law 10: who leaves leaves the old state or the new one")
    class WhoLeavesLeavesTheOldStateOrTheNewOne {

        @Test
        void whileTheSessionIsSavedAndEnded() {
            explore(meeting -> {
                meeting.request("save", session -> session.put("page", "cart")).mayLeave();
                meeting.request("count", EngineInterleavingsTest::count).mayLeave();
                meeting.logout();
                meeting.mustNotFail();
            });
        }

        @Test
        void whileAnotherRequestCounts() {
            explore(meeting -> {
                meeting.request("hasty", EngineInterleavingsTest::count).mayLeave();
                meeting.request("patient", EngineInterleavingsTest::count);
                meeting.mustHold(
                        session -> assertThat(session.<Integer>get("count")).isIn(1, 2));
                meeting.mustNotFail();
            });
        }

        @Test
        void whileTheTokenIsRotated() {
            explore(meeting -> {
                meeting.request("login", session -> session.login("bob")).mayLeave();
                meeting.request("save", session -> session.put("page", "cart"));
                meeting.mustHold(
                        session -> assertThat(session.principal().orElseThrow()).isIn("alice", "bob"));
                meeting.mustHaveOneTokenAlive();
                meeting.mustNotFail();
            });
        }

        @Test
        void whileItIsEnded() {
            explore(meeting -> {
                meeting.request("hasty logout", Session::invalidate).mayLeave();
                meeting.request("count", EngineInterleavingsTest::count);
                meeting.logout();
                meeting.mustNotFail();
            });
        }
    }

    @Nested
    @DisplayName("Law 11: after a rotation one token is alive")
    class AfterARotationOneTokenIsAlive {

        @Test
        void againstARequestThatSaves() {
            explore(meeting -> {
                meeting.request("login", session -> session.login("bob"));
                meeting.request("save", session -> session.put("page", "cart"));
                meeting.mustHold(session -> SessionAssert.assertThat(session).belongsTo("bob"));
                meeting.mustHaveOneTokenAlive();
                meeting.mustNotFail();
            });
        }

        @Test
        void againstAnotherRotation() {
            explore(meeting -> {
                meeting.request("one", Session::rotate);
                meeting.request("two", Session::rotate);
                meeting.mustHold(session -> SessionAssert.assertThat(session).hasAttribute("page", "home"));
                meeting.mustHaveOneTokenAlive();
                meeting.mustNotFail();
            });
        }

        @Test
        void againstATouchAndASave() {
            explore(meeting -> {
                meeting.at(TOUCH_IS_DUE).request("login", session -> session.login("bob"));
                meeting.request("read", session -> session.get("page"));
                meeting.request("count", EngineInterleavingsTest::count);
                meeting.mustHold(session -> SessionAssert.assertThat(session).belongsTo("bob"));
                meeting.mustHaveOneTokenAlive();
                meeting.mustNotFail();
            });
        }
    }

    @Nested
    @DisplayName("A request whose token is replaced gets nothing of what comes after")
    class WhoseTokenIsReplacedGetsNothingOfWhatComesAfter {

        @Test
        void thatRotatesWhileItsVisitorLogsIn() {
            explore(meeting -> {
                List<SessionToken> given = new CopyOnWriteArrayList<>();
                List<String> seen = new CopyOnWriteArrayList<>();
                AtomicBoolean joined = new AtomicBoolean();
                meeting.request("login", EngineInterleavingsTest::becomeBob);
                meeting.actor(
                        "held",
                        engine -> meeting.client()
                                .conversation(
                                        engine,
                                        session -> {
                                            joined.set(!session.isNew());
                                            return rotating(session, seen);
                                        },
                                        given::add));
                meeting.mustNotOpenWhatIsOf("bob", given);
                meeting.mustBeEmpty("what it saw of bob, having begun as alice", seen);
                meeting.mustHold(session -> assertThat(session.<String>get("own"))
                        .as("its own change, if it was part of the session")
                        .isEqualTo(joined.get() ? "kept" : null));
                meeting.mayOnlyFailWith(SessionException.Gone.class);
            });
        }

        private static Mono<Void> rotating(Session session, List<String> seen) {
            boolean begunAsAlice = session.principal().equals(Optional.of("alice"));
            session.put("own", "kept");
            session.rotate();
            return session.save().doOnTerminate(() -> {
                if (begunAsAlice && session.contains("secret")) {
                    seen.add("the secret of " + session.principal());
                }
            });
        }
    }

    private static void becomeBob(Session session) {
        session.login("bob");
        session.put("secret", "of bob");
    }

    @Nested
    @DisplayName("Law 19: a sweep takes only what is still expired")
    class ASweepTakesOnlyWhatIsStillExpired {

        @Test
        void againstATouchInTheLastMoment() {
            explore(meeting -> {
                meeting.at(LAST_MOMENT).request("read", session -> session.get("page"));
                meeting.at(DEADLINE).sweep("sweep");
                meeting.mustBeAbsentOrUsedAt(LAST_MOMENT);
                meeting.mustNotFail();
            });
        }

        @Test
        void againstASaveInTheLastMoment() {
            explore(meeting -> {
                meeting.at(LAST_MOMENT).request("save", session -> session.put("page", "cart"));
                meeting.at(DEADLINE).sweep("sweep");
                meeting.mustBeAbsentOrUsedAt(LAST_MOMENT);
                meeting.mustNotFail();
            });
        }

        @Test
        void whileAnotherNodeSweepsToo() {
            explore(meeting -> {
                meeting.at(LAST_MOMENT).request("read", session -> session.get("page"));
                meeting.at(DEADLINE).sweep("one sweep");
                meeting.sweep("another sweep");
                meeting.mustBeAbsentOrUsedAt(LAST_MOMENT);
                meeting.mustNotFail();
            });
        }
    }

    @Nested
    @DisplayName("A node whose clock is behind ends no session for the others")
    class ANodeWhoseClockIsBehindEndsNoSession {

        @Test
        void withASaveBesideAnother() {
            explore(meeting -> {
                meeting.at(START.minusSeconds(3600)).request("behind", session -> session.put("page", "cart"));
                meeting.at(START).request("in time", EngineInterleavingsTest::count);
                meeting.mustBeAbsentOrUsedAt(START);
                meeting.mustHold(session -> SessionAssert.assertThat(session)
                        .hasAttribute("page", "cart")
                        .hasAttribute("count", 1));
                meeting.mustNotFail();
            });
        }
    }

    private static void count(Session session) {
        session.<Integer>compute("count", number -> number == null ? 1 : number + 1);
    }

    @Nested
    @DisplayName("A store that breaks its contract is found out")
    class AStoreThatBreaksItsContractIsFoundOut {

        @Test
        void whenItsSavesCreate() {
            assertThatThrownBy(() -> explore(UpdatesCreate::new, meeting -> {
                        meeting.request("save", session -> session.put("page", "cart"));
                        meeting.logout();
                    }))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContainingAll(
                            "schedule ", "the session that was ended", "logout: delete", "save: update");
        }

        @Test
        void whenItsTouchesCreate() {
            assertThatThrownBy(() -> explore(TouchesCreate::new, meeting -> {
                        meeting.at(TOUCH_IS_DUE).request("read", session -> session.get("page"));
                        meeting.logout();
                    }))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContainingAll("the session that was ended", "logout: delete", "read: touch");
        }
    }

    private static final class UpdatesCreate extends PassingStore {

        @Override
        public Mono<Boolean> update(SessionRecord record, long basedOn) {
            return sound.update(record, basedOn).flatMap(done -> done ? Mono.just(true) : sound.insert(record));
        }
    }

    private static final class TouchesCreate extends PassingStore {

        private final Map<SessionId, SessionRecord> seen = new ConcurrentHashMap<>();

        @Override
        public Mono<SessionRecord> find(SessionId id) {
            return sound.find(id).doOnNext(record -> seen.put(id, record));
        }

        @Override
        public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
            return Mono.defer(() -> sound.insert(seen.get(id))).then(sound.touch(id, accessed, expires));
        }
    }

    private static void explore(Consumer<Meeting> setting) {
        explore(InMemorySessionStore::new, setting);
    }

    private static void explore(Supplier<SessionStore> stores, Consumer<Meeting> setting) {
        int schedules = Interleavings.atMost(MOST_SCHEDULES)
                .explore(scenario -> setting.accept(new Meeting(scenario, stores.get())));
        assertThat(schedules).isGreaterThan(1);
    }
}
