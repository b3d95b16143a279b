package dev.reactivesession.moving;

import static dev.reactivesession.tiered.Records.START;
import static dev.reactivesession.tiered.Records.saved;
import static dev.reactivesession.tiered.Records.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.moving.MovingSessionStore;
import dev.reactivesession.store.moving.MovingStage;
import dev.reactivesession.test.Actor;
import dev.reactivesession.test.Interleavings;
import dev.reactivesession.test.Scenario;
import dev.reactivesession.tiered.RoutedStore;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/**
 * Every order of the commands of two nodes to two stores, while one node moves a session between them. Where the other
 * node is in one stage only, both moving would have more than 200,000 orders.
 */
class MovingInterleavingsTest {

    private static final int ENOUGH = 200_000;

    @ParameterizedTest
    @EnumSource(value = MovingStage.class, names = "PREPARE")
    void ofTwoSavesOneIsKeptAndSeenByBoth(MovingStage stage) {
        explore(stage, (scenario, world) -> {
            SessionRecord mine = saved(world.first, START, "mine");
            SessionRecord yours = saved(world.first, START, "yours");
            Actor one =
                    scenario.actor("mine", world.store, way -> world.moves(way).update(mine, 1));
            Actor two =
                    scenario.actor("yours", world.store, way -> world.other(way).update(yours, 1));
            scenario.check(
                    () -> assertThat(List.of(one.results().get(0), two.results().get(0)))
                            .containsExactlyInAnyOrder(true, false));
            scenario.check(() -> world.assertBothFind(one.results().contains(true) ? mine : yours));
        });
    }

    @ParameterizedTest
    @EnumSource(value = MovingStage.class, names = "PREPARE")
    void whoIsRefusedReadsTheSaveThatCameFirst(MovingStage stage) {
        explore(stage, (scenario, world) -> {
            SessionRecord mine = saved(world.first, START, "mine");
            SessionRecord yours = saved(world.first, START, "yours");
            scenario.actor("mine", world.store, way -> world.moves(way).update(mine, 1));
            Actor two = scenario.actor(
                    "yours",
                    world.store,
                    way -> world.other(way)
                            .update(yours, 1)
                            .flatMap(saved -> world.other(way)
                                    .find(yours.id())
                                    .map(found -> found.equals(saved ? yours : mine))));
            scenario.check(() -> assertThat(two.results()).containsExactly(true));
        });
    }

    @ParameterizedTest
    @EnumSource(MovingStage.class)
    void aReaderAlwaysFindsTheSession(MovingStage stage) {
        explore(stage, (scenario, world) -> {
            scenario.actor("touch", world.store, way -> world.moves(way).touch(world.later(60)));
            Actor reader = scenario.actor(
                    "read, read",
                    world.store,
                    way -> world.other(way)
                            .find(world.first.id())
                            .concatWith(world.other(way).find(world.first.id())));
            scenario.check(() -> assertThat(reader.results()).hasSize(2));
            scenario.check(() -> assertThat(reader.results())
                    .map(found -> ((SessionRecord) found).lastAccessedAt())
                    .isSorted());
        });
    }

    @ParameterizedTest
    @EnumSource(value = MovingStage.class, names = "PREPARE")
    void noTouchIsLost(MovingStage stage) {
        explore(stage, (scenario, world) -> {
            SessionRecord second = saved(world.first);
            scenario.actor("save", world.store, way -> world.moves(way).update(second, 1));
            Actor touch =
                    scenario.actor("touch", world.store, way -> world.other(way).touch(world.later(60)));
            scenario.check(() -> assertThat(touch.results()).containsExactly(true));
            scenario.check(() -> world.assertBothFind(second.touched(
                    world.later(60).lastAccessedAt(), world.later(60).expiresAt())));
        });
    }

    @ParameterizedTest
    @EnumSource(MovingStage.class)
    void anEndedSessionStaysEndedAndOneCallEndedIt(MovingStage stage) {
        explore(stage, (scenario, world) -> {
            scenario.actor("save", world.store, way -> world.moves(way).update(saved(world.first), 1));
            Actor ends = scenario.actor(
                    "delete", world.store, way -> world.other(way).delete(world.first.id()));
            scenario.check(() -> assertThat(ends.results()).containsExactly(true));
            scenario.check(() -> world.assertBothFind(null));
        });
    }

    @ParameterizedTest
    @EnumSource(MovingStage.class)
    void ofTwoEndingsOneEndsIt(MovingStage stage) {
        explore(stage, (scenario, world) -> {
            Actor one = scenario.actor(
                    "delete", world.store, way -> world.moves(way).delete(world.first.id()));
            Actor two = scenario.actor(
                    "delete", world.store, way -> world.other(way).delete(world.first.id()));
            scenario.check(() -> assertThat(Stream.of(one, two).flatMap(actor -> actor.results().stream()))
                    .containsExactlyInAnyOrder(true, false));
            scenario.check(() -> world.assertBothFind(null));
        });
    }

    /** A visitor leaves, or a node stops, between any two commands of a move. */
    @ParameterizedTest
    @EnumSource(value = MovingStage.class, names = "PREPARE")
    void aMoveThatStopsAnywhereLosesNothing(MovingStage stage) {
        explore(stage, (scenario, world) -> {
            scenario.actor("touch", world.store, way -> world.moves(way).touch(world.later(60)))
                    .mayLeave();
            SessionRecord second = saved(world.first, START, "second");
            Actor saves =
                    scenario.actor("save", world.store, way -> world.other(way).update(second, 1));
            scenario.check(() -> assertThat(saves.results()).containsExactly(true));
            scenario.check(() -> assertThat(world.found(world.other))
                    .extracting(SessionRecord::version, SessionRecord::payload)
                    .containsExactly(second.version(), second.payload()));
            scenario.check(() ->
                    assertThat(world.by(world.moving.update(saved(second), 2))).isTrue());
            scenario.check(() -> assertThat(world.found(world.moving).version()).isEqualTo(3));
        });
    }

    private static void explore(MovingStage stage, BiConsumer<Scenario, World> scene) {
        int explored = Interleavings.atMost(ENOUGH).explore(scenario -> {
            World world = new World(stage);
            scene.accept(scenario, world);
        });
        assertThat(explored).isGreaterThan(1);
    }

    /** Two nodes between two stores that lie in one, and a session in the former. */
    private static final class World {

        private final InMemorySessionStore store = new InMemorySessionStore();

        private final SessionRecord first = session(1);

        private final SessionStore former = RoutedStore.complementary();

        private final SessionStore next = RoutedStore.plain();

        private final SessionStore moving = MovingSessionStore.of(former, next, MovingStage.MOVE);

        private final SessionStore other;

        World(MovingStage stage) {
            other = MovingSessionStore.of(former, next, stage);
            assertThat(by(former.insert(first))).isTrue();
        }

        Node moves(SessionStore way) {
            return new Node(way, moving);
        }

        Node other(SessionStore way) {
            return new Node(way, other);
        }

        SessionRecord later(long seconds) {
            return first.touched(
                    first.lastAccessedAt().plusSeconds(seconds),
                    first.expiresAt().plusSeconds(seconds));
        }

        <T> T by(Mono<T> operation) {
            return RoutedStore.by(store, operation).block(Duration.ofSeconds(10));
        }

        SessionRecord found(SessionStore node) {
            return by(node.find(first.id()));
        }

        void assertBothFind(SessionRecord expected) {
            assertThat(found(other)).as("on the other node").isEqualTo(expected);
            assertThat(found(moving)).as("on the node that moves").isEqualTo(expected);
        }
    }

    private record Node(SessionStore way, SessionStore moving) {

        Mono<SessionRecord> find(SessionId id) {
            return RoutedStore.by(way, moving.find(id));
        }

        Mono<Boolean> update(SessionRecord record, long basedOn) {
            return RoutedStore.by(way, moving.update(record, basedOn));
        }

        Mono<Boolean> touch(SessionRecord times) {
            return RoutedStore.by(way, moving.touch(times.id(), times.lastAccessedAt(), times.expiresAt()));
        }

        Mono<Boolean> delete(SessionId id) {
            return RoutedStore.by(way, moving.delete(id));
        }
    }
}
