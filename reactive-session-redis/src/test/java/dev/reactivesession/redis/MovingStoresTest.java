package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.r2dbc.R2dbcSessionSettings;
import dev.reactivesession.r2dbc.R2dbcSessionStore;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionsByPrincipal;
import dev.reactivesession.store.moving.MovingSessionStore;
import dev.reactivesession.store.moving.MovingStage;
import dev.reactivesession.test.web.Visitors;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Sessions move between Redis and PostgreSQL while two nodes save them, one of which still begins in the old store. */
@Timeout(300)
class MovingStoresTest {

    private static final int SESSIONS = 16;

    private static final int INCREMENTS = 40;

    private static final int ROUNDS_AT_ONCE = 8;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final SessionLimits PATIENT =
            SessionLimits.defaults().withStoreTimeout(Duration.ofSeconds(30)).withMaxReplays(1000);

    private static final Instant AFTER_EVERY_DEADLINE = Instant.parse("9999-01-01T00:00:00Z");

    /** Two stores of each kind, as two nodes have them. */
    record Move(String name, SessionStore former, SessionStore formerThere, SessionStore next, SessionStore nextThere) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Move> moves() {
        RedisSessionSettings redis = RedisSessionSettings.defaults().withTimeout(Duration.ofSeconds(20));
        return Stream.of(
                new Move(
                        "from Redis to PostgreSQL",
                        IndexedRedisSessionStore.create(Backend.node(), redis.withKeyPrefix("former:")),
                        IndexedRedisSessionStore.create(Backend.otherNode(), redis.withKeyPrefix("former:")),
                        table(),
                        table()),
                new Move(
                        "from PostgreSQL to Redis",
                        table(),
                        table(),
                        IndexedRedisSessionStore.create(Backend.node(), redis.withKeyPrefix("next:")),
                        IndexedRedisSessionStore.create(Backend.otherNode(), redis.withKeyPrefix("next:"))));
    }

    /** A busy machine is no outage. */
    private static R2dbcSessionStore table() {
        return Tiers.DURABLE.store(R2dbcSessionSettings.defaults().withStatementTimeout(Duration.ofSeconds(30)));
    }

    @ParameterizedTest
    @MethodSource("moves")
    void noIncrementIsLostWhileSessionsMoveUnderLoad(Move move) {
        String user = "alice, " + move;
        SessionEngine prepares =
                engine(MovingSessionStore.of(move.formerThere(), move.nextThere(), MovingStage.PREPARE));
        MovingSessionStore moving = MovingSessionStore.of(move.former(), move.next(), MovingStage.MOVE);
        SessionEngine moves = engine(moving);
        List<SessionId> ids = begun(move.former(), user);
        assertThat(ids).hasSize(SESSIONS);

        Flux.range(0, INCREMENTS)
                .flatMap(
                        round -> Flux.fromIterable(ids)
                                .flatMap(id -> incremented((round + id.low()) % 2 == 0 ? prepares : moves, id)),
                        ROUNDS_AT_ONCE)
                .subscribeOn(Schedulers.parallel())
                .mergeWith(listed(prepares, user).mergeWith(listed(moves, user)).thenMany(Flux.empty()))
                .blockLast(PATIENCE);

        assertThat(counts(moves, ids)).containsOnly(INCREMENTS);
        assertThat(counts(prepares, ids)).containsOnly(INCREMENTS);
        moving.moveRest(Instant.now()).repeat().takeUntil(left -> left == 0).blockLast(PATIENCE);
        assertThat(idsIn(move.former())).doesNotContainAnyElementsOf(ids);
        assertThat(counts(engine(move.next()), ids)).containsOnly(INCREMENTS);
        assertThat(move.next()
                        .power(SessionsByPrincipal.class)
                        .orElseThrow()
                        .countByPrincipal(user)
                        .block(PATIENCE))
                .isEqualTo(SESSIONS);
        assertThat(prepares.sessions().terminateAll(user).block(PATIENCE)).isEqualTo(SESSIONS);
    }

    private static SessionEngine engine(SessionStore store) {
        return SessionEngine.over(store).limits(PATIENT).build();
    }

    /** As on nodes that know nothing of a move. */
    private static List<SessionId> begun(SessionStore former, String user) {
        SessionEngine before = engine(former);
        Visitors visitors = Visitors.of(before, new CookieTransport(CookieSettings.forPlainHttp()));
        IntStream.range(0, SESSIONS).forEach(number -> visitors.with(session -> session.login(user)));
        return before.sessions()
                .findByPrincipal(user)
                .map(Session::id)
                .collectList()
                .block(PATIENCE);
    }

    private static Mono<Session> incremented(SessionEngine engine, SessionId id) {
        return engine.sessions()
                .update(id, session -> session.<Integer>compute("count", count -> count == null ? 1 : count + 1))
                .switchIfEmpty(Mono.error(() -> new AssertionError(id + " was logged out")));
    }

    /** However they move meanwhile, a user has as many sessions as before. */
    private static Flux<Long> listed(SessionEngine engine, String user) {
        return engine.sessions()
                .countByPrincipal(user)
                .repeat(20)
                .doOnNext(count -> assertThat(count).isEqualTo(SESSIONS));
    }

    private static List<Integer> counts(SessionEngine engine, List<SessionId> ids) {
        return Flux.fromIterable(ids)
                .concatMap(id -> engine.sessions().find(id))
                .map(session -> session.<Integer>get("count"))
                .collectList()
                .block(PATIENCE);
    }

    private static List<SessionId> idsIn(SessionStore store) {
        return store.power(ExpiredSessions.class)
                .orElseThrow()
                .expired(AFTER_EVERY_DEADLINE)
                .filterWhen(id -> store.find(id).hasElement())
                .collectList()
                .block(PATIENCE);
    }
}
