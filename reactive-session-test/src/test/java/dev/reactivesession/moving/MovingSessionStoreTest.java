package dev.reactivesession.moving;

import static dev.reactivesession.tiered.Records.START;
import static dev.reactivesession.tiered.Records.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionsByPrincipal;
import dev.reactivesession.store.moving.MovingSessionStore;
import dev.reactivesession.store.moving.MovingStage;
import dev.reactivesession.store.tiered.TieredSessionStore;
import dev.reactivesession.tiered.Records;
import dev.reactivesession.tiered.RoutedStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The two stores of a move, beside the rules of every store. */
class MovingSessionStoreTest {

    private final InMemorySessionStore former = new InMemorySessionStore();

    private final InMemorySessionStore next = new InMemorySessionStore();

    private final MovingSessionStore prepares = MovingSessionStore.of(former, next, MovingStage.PREPARE);

    private final MovingSessionStore moves = MovingSessionStore.of(former, next, MovingStage.MOVE);

    private static <T> T result(Mono<T> operation) {
        return operation.block(Duration.ofSeconds(10));
    }

    @Test
    void aStoreDoesNotMoveToItself() {
        assertThatThrownBy(() -> MovingSessionStore.of(former, former, MovingStage.MOVE))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining("two stores");
    }

    @Test
    void copiesBelongInFrontOfAMove() {
        TieredSessionStore copied =
                TieredSessionStore.of(new InMemorySessionStore(), next).build();

        assertThatThrownBy(() -> MovingSessionStore.of(former, copied, MovingStage.MOVE))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining("put the copies in front");
    }

    @Test
    void newSessionsBeginInTheFormerStoreUntilNodesMove() {
        result(prepares.insert(session(1)));
        result(moves.insert(session(2)));

        assertThat(result(former.find(session(1).id()))).isEqualTo(session(1));
        assertThat(result(next.find(session(2).id()))).isEqualTo(session(2));
        assertThat(result(moves.find(session(1).id()))).isEqualTo(session(1));
        assertThat(result(prepares.find(session(2).id()))).isEqualTo(session(2));
    }

    @Test
    void readingMovesNothingAndTheFirstSaveMovesAll() {
        result(former.insert(session(1)));
        SessionRecord second = Records.saved(session(1));

        assertThat(result(moves.find(second.id()))).isEqualTo(session(1));
        assertThat(result(former.find(second.id()))).isEqualTo(session(1));
        assertThat(result(next.find(second.id()))).isNull();
        assertThat(result(moves.update(second, 1))).isTrue();

        assertThat(result(former.find(second.id()))).isNull();
        assertThat(result(next.find(second.id()))).isEqualTo(second);
    }

    private record Counted(SessionStore store, AtomicInteger asked) implements SessionStore {

        @Override
        public Mono<SessionRecord> find(SessionId id) {
            asked.incrementAndGet();
            return store.find(id);
        }

        @Override
        public Mono<Boolean> insert(SessionRecord record) {
            return store.insert(record);
        }

        @Override
        public Mono<Boolean> update(SessionRecord record, long basedOn) {
            asked.incrementAndGet();
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

    /** Asking the former store first, it would lose each race to the nodes that move. */
    @Test
    void aNodeThatPreparesAsksTheNextStoreAloneOnceItSawASessionThere() {
        AtomicInteger asked = new AtomicInteger();
        SessionStore counted = new Counted(former, asked);
        MovingSessionStore preparing = MovingSessionStore.of(counted, next, MovingStage.PREPARE);
        result(moves.insert(session(1)));

        assertThat(result(preparing.find(session(1).id()))).isEqualTo(session(1));
        int first = asked.getAndSet(0);
        assertThat(result(preparing.update(Records.saved(session(1)), 1))).isTrue();
        assertThat(result(preparing.find(session(1).id()))).isEqualTo(Records.saved(session(1)));

        assertThat(first).isEqualTo(1);
        assertThat(asked).hasValue(0);
        assertThat(result(preparing.update(Records.saved(session(1)), 1))).isFalse();
        assertThat(result(preparing.delete(session(1).id()))).isTrue();
        assertThat(result(preparing.find(session(1).id()))).isNull();
    }

    @Test
    void theRestIsMovedAndTheExpiredAreLeftToTheSweep() {
        result(former.insert(session(1)));
        result(former.insert(session(2)));
        result(moves.insert(session(3)));

        assertThat(result(moves.moveRest(START))).isEqualTo(2);
        assertThat(result(moves.moveRest(START))).isZero();
        assertThat(result(next.power(SessionsByPrincipal.class).orElseThrow().countByPrincipal("alice")))
                .isEqualTo(3);
        result(former.insert(session(4)));
        assertThat(result(moves.moveRest(session(4).expiresAt()))).isZero();
        assertThat(result(former.find(session(4).id()))).isNotNull();
    }

    /** A sweep by a clock that is ahead could otherwise remove what a move has on the way. */
    @Test
    void aSessionThatIsAboutToExpireMovesWithItsNextUse() {
        result(former.insert(session(1)));
        Instant late = session(1).expiresAt().minusSeconds(1);
        Instant renewed = late.plus(session(1).idleTimeout());

        assertThat(result(moves.moveRest(late))).isEqualTo(1);
        assertThat(result(moves.touch(session(1).id(), late, renewed))).isTrue();
        assertThat(result(next.find(session(1).id()))).isNull();
        assertThat(result(moves.touch(session(1).id(), late, renewed))).isTrue();

        assertThat(result(former.find(session(1).id()))).isNull();
        assertThat(result(next.find(session(1).id())).expiresAt()).isEqualTo(renewed);
    }

    @Test
    void aStoreThatCannotListIsNotMovedAtOnce() {
        MovingSessionStore unlisted = MovingSessionStore.of(RoutedStore.complementary(), next, MovingStage.MOVE);

        assertThatThrownBy(() -> result(unlisted.moveRest(START)))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining("cannot list its sessions");
    }

    @Test
    void aUserHasTheSessionsOfBothStores() {
        result(former.insert(session(1)));
        result(moves.insert(session(2)));
        SessionsByPrincipal users = prepares.power(SessionsByPrincipal.class).orElseThrow();

        assertThat(users.findByPrincipal("alice").collectList().block(Duration.ofSeconds(10)))
                .containsExactlyInAnyOrder(session(1), session(2));
        assertThat(users.deleteByPrincipal("alice", session(1).id())
                        .collectList()
                        .block(Duration.ofSeconds(10)))
                .isEqualTo(List.of(session(2).id()));
    }
}
