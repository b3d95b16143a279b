package dev.reactivesession.tiered;

import static dev.reactivesession.tiered.Records.START;
import static dev.reactivesession.tiered.Records.rotated;
import static dev.reactivesession.tiered.Records.saved;
import static dev.reactivesession.tiered.Records.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.test.Actor;
import dev.reactivesession.test.ControllableClock;
import dev.reactivesession.test.Interleavings;
import dev.reactivesession.test.Scenario;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** Every order that the commands of two nodes to one cache and one durable store can have. */
class TieredInterleavingsTest {

    private static final int ENOUGH = 200_000;

    /** What the cache holds when the actors begin. */
    enum Before {
        NOTHING,
        A_COPY,
        AN_OLD_COPY
    }

    @ParameterizedTest
    @EnumSource(Before.class)
    void afterASaveNoFillShowsWhatWasBefore(Before before) {
        explore(before, (scenario, world) -> {
            SessionRecord second = saved(world.first);
            Actor reader = scenario.actor(
                    "read on the other node", world.store, way -> world.other.find(way, world.first.id()));
            Actor writer = scenario.actor(
                    "save, read",
                    world.store,
                    way -> world.node.update(way, second, 1).then(world.node.find(way, second.id())));
            scenario.check(() -> assertThat(writer.results()).containsExactly(second));
            scenario.check(() ->
                    assertThat(reader.results()).isSubsetOf(world.first, second).hasSize(1));
            scenario.check(() -> world.assertBothFind(Optional.of(second)));
        });
    }

    @ParameterizedTest
    @EnumSource(Before.class)
    void afterARotationTheFormerProofIsNeverShown(Before before) {
        explore(before, (scenario, world) -> {
            SessionRecord second = rotated(world.first);
            scenario.actor("read on the same node", world.store, way -> world.node.find(way, world.first.id()));
            Actor writer = scenario.actor(
                    "rotate, read",
                    world.store,
                    way -> world.node.update(way, second, 1).then(world.node.find(way, second.id())));
            scenario.check(() -> assertThat(writer.results()).containsExactly(second));
            scenario.check(() -> world.assertBothFind(Optional.of(second)));
        });
    }

    @ParameterizedTest
    @EnumSource(Before.class)
    void afterADeletionNoFillBringsTheSessionBack(Before before) {
        explore(before, (scenario, world) -> {
            scenario.actor("read on the other node", world.store, way -> world.other.find(way, world.first.id()));
            Actor ending = scenario.actor(
                    "delete, read",
                    world.store,
                    way -> world.node.delete(way, world.first.id()).then(world.node.find(way, world.first.id())));
            scenario.check(() -> assertThat(ending.results()).isEmpty());
            scenario.check(() -> world.assertBothFind(Optional.empty()));
        });
    }

    @ParameterizedTest
    @EnumSource(Before.class)
    void aDeletionAndASaveOnTwoNodesLeaveNothing(Before before) {
        explore(before, (scenario, world) -> {
            SessionRecord second = saved(world.first);
            scenario.actor("save", world.store, way -> world.other.update(way, second, 1));
            scenario.actor("delete", world.store, way -> world.node.delete(way, world.first.id()));
            scenario.check(() -> world.assertBothFind(Optional.empty()));
        });
    }

    @ParameterizedTest
    @EnumSource(Before.class)
    void aDeletionATouchAndAReadLeaveNothing(Before before) {
        explore(before, (scenario, world) -> {
            scenario.actor("touch", world.store, way -> world.other.touch(way, world.later(1)));
            scenario.actor("read", world.store, way -> world.other.find(way, world.first.id()));
            scenario.actor("delete", world.store, way -> world.node.delete(way, world.first.id()));
            scenario.check(() -> world.assertBothFind(Optional.empty()));
        });
    }

    @ParameterizedTest
    @EnumSource(Before.class)
    void ofTwoSavesOnTwoNodesOneIsKeptAndSeenByBoth(Before before) {
        explore(before, (scenario, world) -> {
            SessionRecord mine = saved(world.first, START, "mine");
            SessionRecord yours = saved(world.first, START, "yours");
            Actor one = scenario.actor("mine", world.store, way -> world.node.update(way, mine, 1));
            Actor two = scenario.actor("yours", world.store, way -> world.other.update(way, yours, 1));
            scenario.check(
                    () -> assertThat(List.of(one.results().get(0), two.results().get(0)))
                            .containsExactlyInAnyOrder(true, false));
            scenario.check(() -> world.assertBothFind(Optional.of(one.results().contains(true) ? mine : yours)));
        });
    }

    @ParameterizedTest
    @EnumSource(Before.class)
    void whoIsRefusedReadsWhatRefusedIt(Before before) {
        explore(before, (scenario, world) -> {
            SessionRecord mine = saved(world.first, START, "mine");
            SessionRecord yours = saved(world.first, START, "yours");
            scenario.actor("mine", world.store, way -> world.node.update(way, mine, 1));
            Actor two = scenario.actor(
                    "yours, read",
                    world.store,
                    way -> world.other
                            .update(way, yours, 1)
                            .flatMap(saved -> world.other
                                    .find(way, yours.id())
                                    .filter(found -> found.equals(saved ? yours : mine))
                                    .switchIfEmpty(
                                            Mono.error(new AssertionError("read what it had been refused for")))));
            scenario.check(() -> assertThat(two.results()).hasSize(1));
        });
    }

    @ParameterizedTest
    @EnumSource(Before.class)
    void noReaderGoesBackInTime(Before before) {
        explore(before, (scenario, world) -> {
            scenario.actor("save", world.store, way -> world.node.update(way, saved(world.first), 1));
            Actor reader = scenario.actor(
                    "read, read",
                    world.store,
                    way -> world.other.find(way, world.first.id()).concatWith(world.other.find(way, world.first.id())));
            scenario.check(() -> assertThat(reader.results())
                    .hasSize(2)
                    .map(found -> ((SessionRecord) found).version())
                    .isSorted());
        });
    }

    @ParameterizedTest
    @EnumSource(Before.class)
    void whatOneNodeHasShownAnotherDoesNotTakeBack(Before before) {
        explore(before, (scenario, world) -> {
            scenario.actor("save", world.store, way -> world.node.update(way, saved(world.first), 1));
            Actor reader = scenario.actor(
                    "read here, read there",
                    world.store,
                    way -> world.other.find(way, world.first.id()).concatWith(world.node.find(way, world.first.id())));
            scenario.check(() -> assertThat(reader.results())
                    .hasSize(2)
                    .map(found -> ((SessionRecord) found).version())
                    .isSorted());
        });
    }

    @ParameterizedTest
    @EnumSource(Before.class)
    void noFillTakesATouchBackOnItsNodeNorOnAnotherForLongerThanTheMaximumAge(Before before) {
        explore(before, (scenario, world) -> {
            SessionRecord touched = world.later(60);
            scenario.actor("read on the other node", world.store, way -> world.other.find(way, world.first.id()));
            Actor toucher = scenario.actor(
                    "touch, read",
                    world.store,
                    way -> world.node.touch(way, touched).then(world.node.find(way, touched.id())));
            scenario.check(() -> assertThat(toucher.results())
                    .map(found -> ((SessionRecord) found).lastAccessedAt())
                    .containsExactly(touched.lastAccessedAt()));
            scenario.check(() -> assertThat(world.node.found(world.store, touched.id()))
                    .map(SessionRecord::lastAccessedAt)
                    .contains(touched.lastAccessedAt()));
            scenario.check(() -> {
                world.clock.advance(Node.SETTINGS.maxAge());
                world.assertBothFind(Optional.of(touched));
            });
        });
    }

    @Test
    void aSessionThatBeginsIsSeenByWhoeverReadsAfterwards() {
        int explored = Interleavings.atMost(ENOUGH).explore(scenario -> {
            World world = new World();
            scenario.actor("read", world.store, way -> world.other.find(way, world.first.id()));
            Actor writer = scenario.actor(
                    "insert, read",
                    world.store,
                    way -> world.node.insert(way, world.first).then(world.node.find(way, world.first.id())));
            scenario.check(() -> assertThat(writer.results()).containsExactly(world.first));
            scenario.check(() -> world.assertBothFind(Optional.of(world.first)));
        });
        assertThat(explored).isGreaterThan(1);
    }

    @ParameterizedTest
    @EnumSource(Before.class)
    void aNodeWithoutItsCacheShowsItsOwnWritesAndTheOtherNodeFollowsWithinTheMaximumAge(Before before) {
        explore(before, (scenario, world) -> {
            SessionRecord second = saved(world.first);
            world.node.losesItsCache();
            scenario.actor("read on the other node", world.store, way -> world.other.find(way, world.first.id()));
            Actor writer = scenario.actor(
                    "save, read",
                    world.store,
                    way -> world.node
                            .update(way, second, 1)
                            .then(Mono.fromRunnable(world.node::regainsItsCache))
                            .then(world.node.find(way, second.id())));
            scenario.check(() -> assertThat(writer.results()).containsExactly(second));
            scenario.check(
                    () -> assertThat(world.node.found(world.store, second.id())).contains(second));
            scenario.check(() -> {
                world.clock.advance(Node.SETTINGS.maxAge());
                world.assertBothFind(Optional.of(second));
            });
        });
    }

    @ParameterizedTest
    @EnumSource(Before.class)
    void aNodeWithoutItsCacheEndsASessionForTheOtherNodeWithinTheMaximumAge(Before before) {
        explore(before, (scenario, world) -> {
            world.node.losesItsCache();
            scenario.actor("read on the other node", world.store, way -> world.other.find(way, world.first.id()));
            Actor ending = scenario.actor(
                    "delete, read",
                    world.store,
                    way -> world.node
                            .delete(way, world.first.id())
                            .then(Mono.fromRunnable(world.node::regainsItsCache))
                            .then(world.node.find(way, world.first.id())));
            scenario.check(() -> assertThat(ending.results()).isEmpty());
            scenario.check(() ->
                    assertThat(world.node.found(world.store, world.first.id())).isEmpty());
            scenario.check(() -> {
                world.clock.advance(Node.SETTINGS.maxAge());
                world.assertBothFind(Optional.empty());
            });
        });
    }

    private static void explore(Before before, BiConsumer<Scenario, World> scene) {
        int explored = Interleavings.atMost(ENOUGH).explore(scenario -> {
            World world = new World();
            world.begin(before);
            scene.accept(scenario, world);
        });
        assertThat(explored).isGreaterThan(1);
    }

    /** Two nodes over one store. */
    private static final class World {

        private final ControllableClock clock = ControllableClock.at(START);

        private final InMemorySessionStore store = new InMemorySessionStore();

        private final SessionRecord first = session(1);

        private final Node node = new Node(Node.SETTINGS, clock);

        private final Node other = new Node(Node.SETTINGS, clock);

        void begin(Before before) {
            if (before == Before.NOTHING) {
                assertThat(store.insert(first).block()).isTrue();
                return;
            }
            assertThat(node.insert(store, first).block()).isTrue();
            if (before == Before.AN_OLD_COPY) {
                clock.advance(Node.SETTINGS.maxAge());
            }
        }

        SessionRecord later(long seconds) {
            return first.touched(
                    first.lastAccessedAt().plusSeconds(seconds),
                    first.expiresAt().plusSeconds(seconds));
        }

        void assertBothFind(Optional<SessionRecord> expected) {
            // first on the node that knows nothing of the writes, because reading may mend what was wrong
            assertThat(other.found(store, first.id())).as("on the other node").isEqualTo(expected);
            assertThat(node.found(store, first.id())).as("on the node").isEqualTo(expected);
        }
    }
}
