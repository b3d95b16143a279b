package dev.reactivesession.tiered;

import static dev.reactivesession.tiered.Records.START;
import static dev.reactivesession.tiered.Records.rotated;
import static dev.reactivesession.tiered.Records.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.test.Actor;
import dev.reactivesession.test.ControllableClock;
import dev.reactivesession.test.Interleavings;
import dev.reactivesession.test.Scenario;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Every write on one node beside every read on another, while the cache loses everything, comes back with an older
 * snapshot, or cannot be reached: in every order.
 */
class TieredHistoriesTest {

    private static final int ENOUGH = 100_000;

    /** The content of the cache when the actors begin. */
    enum Before {
        NOTHING,
        A_COPY,
        AN_OLD_COPY
    }

    /** Something that happens to the cache while the actors are at work. */
    enum Fate {
        NONE,
        LOST,
        RESTARTED,
        UNREACHABLE_HERE,
        UNREACHABLE_THERE
    }

    /** A write of the one node. To a store, a rotation is a save with another proof. */
    enum Write {
        ROTATE,
        TOUCH,
        DELETE,
        SWEEP
    }

    static Stream<Arguments> histories() {
        return Stream.of(Write.values())
                .flatMap(write -> Stream.of(Fate.values())
                        .flatMap(fate -> Stream.of(Before.values())
                                .filter(before -> write != Write.SWEEP || before != Before.AN_OLD_COPY)
                                .filter(before -> fate != Fate.RESTARTED || before != Before.NOTHING)
                                .map(before -> Arguments.of(write, fate, before))));
    }

    static Stream<Arguments> fates() {
        return Stream.of(Fate.values())
                .flatMap(fate -> Stream.of(Before.values()).map(before -> Arguments.of(fate, before)));
    }

    @ParameterizedTest
    @MethodSource("histories")
    void noNodeTakesBackWhatItHasShownAndTheOtherFollowsWithinTheMaximumAge(Write write, Fate fate, Before before) {
        int explored = Interleavings.atMost(ENOUGH).explore(scenario -> {
            World world = new World(before, write);
            Actor writer = scenario.actor(
                    "write, read",
                    world.store,
                    way -> world.write(way, write).thenMany(world.looks(world.node, way, 1)));
            Actor reader = scenario.actor(
                    "read, read on the other node", world.store, way -> world.looks(world.other, way, 2));
            world.suffer(fate, scenario);
            scenario.check(() -> world.check(write, writer, reader));
        });
        assertThat(explored).isGreaterThan(1);
    }

    @ParameterizedTest
    @MethodSource("fates")
    void aTokenThatANodeGaveOutIsTakenByTheOther(Fate fate, Before before) {
        int explored = Interleavings.atMost(ENOUGH).explore(scenario -> {
            World world = new World(before, Write.ROTATE);
            SessionRecord second = rotated(world.first);
            Actor visitor = scenario.actor(
                    "log in here, arrive there",
                    world.store,
                    way -> world.node
                            .update(way, second, 1)
                            .filter(saved -> saved)
                            .flatMap(saved -> world.other.opens(way, second, world.clock.instant())));
            Actor former = scenario.actor(
                    "arrive there with the former token",
                    world.store,
                    way -> world.other.opens(way, world.first, world.clock.instant()));
            world.suffer(fate, scenario);
            scenario.check(() -> assertThat(visitor.results()).containsExactly(true));
            scenario.check(() -> assertThat(former.results()).hasSize(1));
            scenario.check(() -> {
                world.clock.advance(Node.SETTINGS.maxAge());
                assertThat(world.opens(world.other, world.first))
                        .as("the former token")
                        .isFalse();
                assertThat(world.opens(world.other, second)).as("the new token").isTrue();
            });
        });
        assertThat(explored).isGreaterThan(1);
    }

    /** The one thing that a late fill can take back elsewhere, for as long as the maximum age: a last use. */
    @Test
    void aLateFillMayHideATouchOnTheOtherNodeUntilTheMaximumAge() {
        World world = new World(Before.NOTHING, Write.TOUCH);
        SessionRecord touched = world.touched();
        world.lateFill(world.node.touch(world.store, touched).then());
        assertThat(world.other.found(world.store, touched.id())).contains(world.first);
        assertThat(world.node.found(world.store, touched.id())).contains(touched);
        world.clock.advance(Node.SETTINGS.maxAge());
        assertThat(world.other.found(world.store, touched.id())).contains(touched);
    }

    /** Without its tombstone, a deleted session is filled in again, and ends by its age. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTombstoneKeepsALateFillOut(boolean cacheLost) {
        World world = new World(Before.A_COPY, Write.DELETE);
        world.clock.advance(Node.SETTINGS.maxAge());
        world.lateFill(world.node.delete(world.store, world.first.id()).then(Mono.fromRunnable(() -> {
            if (cacheLost) {
                world.lose();
            }
        })));
        assertThat(world.other.found(world.store, world.first.id()).isPresent()).isEqualTo(cacheLost);
        assertThat(world.node.found(world.store, world.first.id())).isEmpty();
        world.clock.advance(Node.SETTINGS.maxAge());
        assertThat(world.other.found(world.store, world.first.id())).isEmpty();
    }

    /** One look at a session: the rank of what was seen; whatever is gone ranks above every version. */
    private record Look(long version, long accessed) implements Comparable<Look> {

        private static final Look GONE = new Look(Long.MAX_VALUE, Long.MAX_VALUE);

        static Look at(Optional<SessionRecord> found, ControllableClock clock) {
            return found.filter(record -> !record.isExpiredAt(clock.instant()))
                    .map(record ->
                            new Look(record.version(), record.lastAccessedAt().toEpochMilli()))
                    .orElse(GONE);
        }

        @Override
        public int compareTo(Look other) {
            return version != other.version
                    ? Long.compare(version, other.version)
                    : Long.compare(accessed, other.accessed);
        }
    }

    /** Two nodes over one store. */
    private static final class World {

        private final ControllableClock clock = ControllableClock.at(START);

        private final InMemorySessionStore store = new InMemorySessionStore();

        private final SessionRecord first = session(1);

        private final Node node = new Node(Node.SETTINGS, clock);

        private final Node other = new Node(Node.SETTINGS, clock);

        private final Optional<SessionRecord> snapshot;

        World(Before before, Write write) {
            if (before == Before.NOTHING) {
                assertThat(store.insert(first).block()).isTrue();
            } else {
                assertThat(node.insert(store, first).block()).isTrue();
            }
            snapshot = store.find(entry()).blockOptional();
            if (write == Write.SWEEP) {
                clock.set(first.expiresAt());
            } else if (before == Before.AN_OLD_COPY) {
                clock.advance(Node.SETTINGS.maxAge());
            }
        }

        private SessionId entry() {
            return RoutedStore.entry(first.id());
        }

        SessionRecord touched() {
            return first.touched(
                    first.lastAccessedAt().plusSeconds(60), first.expiresAt().plusSeconds(60));
        }

        Mono<Boolean> write(SessionStore way, Write write) {
            return switch (write) {
                case ROTATE -> node.update(way, rotated(first), 1);
                case TOUCH -> node.touch(way, touched());
                case DELETE -> node.delete(way, first.id());
                case SWEEP -> node.sweep(way, first);
            };
        }

        private Look written(Write write) {
            return switch (write) {
                case ROTATE -> new Look(2, START.toEpochMilli());
                case TOUCH -> new Look(1, touched().lastAccessedAt().toEpochMilli());
                case DELETE, SWEEP -> Look.GONE;
            };
        }

        Flux<Look> looks(Node where, SessionStore way, int count) {
            return Flux.range(0, count)
                    .concatMap(number -> where.find(way, first.id())
                            .map(Optional::of)
                            .defaultIfEmpty(Optional.empty())
                            .map(found -> Look.at(found, clock)));
        }

        private Look look(Node where) {
            return Look.at(where.found(store, first.id()), clock);
        }

        void suffer(Fate fate, Scenario scenario) {
            switch (fate) {
                case LOST -> scenario.actor("the cache", store, way -> event(way, this::lose));
                case RESTARTED -> scenario.actor("the cache", store, way -> event(way, this::restart));
                case UNREACHABLE_HERE -> unreachable(node, scenario);
                case UNREACHABLE_THERE -> unreachable(other, scenario);
                case NONE -> assertThat(scenario).isNotNull();
            }
        }

        private void unreachable(Node where, Scenario scenario) {
            scenario.actor(
                    "the network",
                    store,
                    way -> event(way, where::losesItsCache).then(event(way, where::regainsItsCache)));
        }

        /** Whenever it is this actor's turn. */
        private static Mono<Void> event(SessionStore way, Runnable event) {
            return way.find(new SessionId(0, 0)).then(Mono.fromRunnable(event));
        }

        private void lose() {
            store.delete(entry()).block();
        }

        private void restart() {
            lose();
            snapshot.ifPresent(entry -> assertThat(store.insert(entry).block()).isTrue());
        }

        void check(Write write, Actor writer, Actor reader) {
            List<Look> here = looks(writer);
            List<Look> there = looks(reader);
            assertThat(here).as("after the write").hasSize(1).allMatch(seen -> seen.compareTo(written(write)) >= 0);
            assertThat(there).as("on the other node").hasSize(2).isSorted();
            assertThat(look(other)).as("later on the other node").isGreaterThanOrEqualTo(there.get(1));
            assertThat(look(node)).as("later on the same node").isGreaterThanOrEqualTo(here.get(0));
            assertNobodyIsRefused();
            clock.advance(Node.SETTINGS.maxAge());
            assertThat(List.of(look(other), look(node)))
                    .containsOnly(Look.at(store.find(first.id()).blockOptional(), clock));
        }

        private void assertNobodyIsRefused() {
            store.find(first.id())
                    .blockOptional()
                    .filter(record -> !record.isExpiredAt(clock.instant()))
                    .ifPresent(record -> assertThat(List.of(opens(other, record), opens(node, record)))
                            .containsOnly(true));
        }

        boolean opens(Node where, SessionRecord proven) {
            return Objects.requireNonNull(
                    where.opens(store, proven, clock.instant()).block());
        }

        private static List<Look> looks(Actor actor) {
            return actor.results().stream().map(Look.class::cast).toList();
        }

        /** A read on the other node, between whose two commands to the cache something is done. */
        void lateFill(Mono<Void> meanwhile) {
            DelayedFill late = new DelayedFill(store, meanwhile);
            assertThat(other.find(late, first.id()).block()).isEqualTo(first);
            assertThat(late.done()).isTrue();
        }
    }
}
