package dev.reactivesession.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.SessionException;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class InterleavingsTest {

    private final SessionRecord record = Samples.session(Instant.EPOCH);

    @Test
    void triesEveryOrderOfTheCallsOfTwoActorsOnce() {
        Set<List<String>> orders = new HashSet<>();
        int schedules = Interleavings.atMost(100).explore(scenario -> {
            List<String> order = new ArrayList<>();
            scenario.actor("one", new InMemorySessionStore(), store -> calls(store, "one", 3, order));
            scenario.actor("two", new InMemorySessionStore(), store -> calls(store, "two", 2, order));
            scenario.check(() -> assertThat(orders.add(order)).isTrue());
        });
        assertThat(schedules).isEqualTo(10).isEqualTo(orders.size());
    }

    @Test
    void triesEveryOrderOfTheCallsOfThreeActors() {
        int schedules = Interleavings.atMost(100).explore(scenario -> {
            for (String name : List.of("one", "two", "three")) {
                scenario.actor(name, new InMemorySessionStore(), store -> calls(store, name, 2, new ArrayList<>()));
            }
        });
        assertThat(schedules).isEqualTo(90);
    }

    @Test
    void followsActorsWhoseNextCallDependsOnTheLast() {
        Set<Integer> lengths = new HashSet<>();
        Interleavings.atMost(100).explore(scenario -> {
            InMemorySessionStore memory = new InMemorySessionStore();
            List<String> order = new ArrayList<>();
            scenario.actor("writer", memory, store -> store.insert(record));
            scenario.actor(
                    "reader",
                    memory,
                    store -> store.find(record.id())
                            .doOnNext(found -> order.add("found"))
                            .flatMap(found -> store.delete(found.id())));
            scenario.check(() -> lengths.add(order.size()));
        });
        assertThat(lengths).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void letsParallelCallsOfOneActorGoInEveryOrder() {
        int schedules = Interleavings.atMost(100)
                .explore(scenario -> scenario.actor(
                        "one",
                        new InMemorySessionStore(),
                        store -> Flux.merge(store.find(record.id()), store.insert(record), store.delete(record.id()))));
        assertThat(schedules).isEqualTo(6);
    }

    @Test
    void findsTheOneOrderThatLosesAnUpdateAndNamesIt() {
        assertThatThrownBy(() -> Interleavings.atMost(100).explore(scenario -> {
                    InMemorySessionStore memory = new InMemorySessionStore();
                    memory.insert(record).block();
                    scenario.actor("logout", memory, store -> store.delete(record.id()));
                    scenario.actor(
                            "careless",
                            memory,
                            store -> store.find(record.id())
                                    .flatMap(found -> store.delete(record.id()).then(store.insert(found))));
                    scenario.check(() -> assertThat(memory.find(record.id()).block())
                            .as("after a logout")
                            .isNull());
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("schedule 2 fails: [after a logout]")
                .hasMessageContaining("1. careless: find")
                .hasMessageContaining("2. logout: delete")
                .hasMessageContaining("3. careless: delete")
                .hasMessageContaining("4. careless: insert")
                .hasMessageContaining("logout gave [true]");
    }

    @Test
    void findsNothingWrongWhereEveryOrderIsSound() {
        int schedules = Interleavings.atMost(100).explore(scenario -> {
            InMemorySessionStore memory = new InMemorySessionStore();
            memory.insert(record).block();
            scenario.actor("save", memory, store -> store.update(Samples.next(record, "late"), record.version()));
            scenario.actor("logout", memory, store -> store.delete(record.id()));
            scenario.check(() -> assertThat(memory.find(record.id()).block()).isNull());
        });
        assertThat(schedules).isEqualTo(2);
    }

    @Test
    void waitsForActorsWhoChangeTheThread() {
        int schedules = Interleavings.atMost(100).explore(scenario -> {
            for (String name : List.of("one", "two")) {
                scenario.actor(
                        name,
                        new InMemorySessionStore(),
                        store -> store.find(record.id())
                                .publishOn(Schedulers.parallel())
                                .then(store.insert(record))
                                .subscribeOn(Schedulers.parallel()));
            }
        });
        assertThat(schedules).isEqualTo(6);
    }

    @Test
    void letsAnActorLeaveAtEveryMoment() {
        Set<List<String>> orders = new HashSet<>();
        int schedules = Interleavings.atMost(100).explore(scenario -> {
            List<String> order = new ArrayList<>();
            scenario.actor("one", new InMemorySessionStore(), store -> calls(store, "one", 2, order))
                    .mayLeave();
            scenario.check(() -> orders.add(order));
        });
        assertThat(schedules).isEqualTo(3);
        assertThat(orders).containsExactlyInAnyOrder(List.of(), List.of("one"), List.of("one", "one"));
    }

    @Test
    void namesTheMomentOfLeaving() {
        assertThatThrownBy(() -> Interleavings.atMost(100).explore(scenario -> {
                    InMemorySessionStore memory = new InMemorySessionStore();
                    scenario.actor("hasty", memory, store -> store.insert(record))
                            .mayLeave();
                    scenario.check(
                            () -> assertThat(memory.find(record.id()).block()).isNotNull());
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("1. hasty: leaves", "hasty left");
    }

    @Test
    void leavesTypedErrorsToTheCheck() {
        Interleavings.atMost(10).explore(scenario -> {
            Actor actor = scenario.actor(
                    "one",
                    new InMemorySessionStore(),
                    store -> store.find(record.id()).then(Mono.error(new SessionException.Gone(record.id()))));
            scenario.check(() -> assertThat(actor.failure()).containsInstanceOf(SessionException.Gone.class));
        });
    }

    @Test
    void failsForAnyOtherError() {
        assertThatThrownBy(() -> Interleavings.atMost(10)
                        .explore(scenario -> scenario.actor(
                                "one",
                                new InMemorySessionStore(),
                                store -> Mono.error(new IllegalStateException("a defect")))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("a defect");
    }

    @Test
    void refusesToPassOffAPartForTheWhole() {
        assertThatThrownBy(() -> Interleavings.atMost(5).explore(scenario -> {
                    scenario.actor(
                            "one", new InMemorySessionStore(), store -> calls(store, "one", 3, new ArrayList<>()));
                    scenario.actor(
                            "two", new InMemorySessionStore(), store -> calls(store, "two", 2, new ArrayList<>()));
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("more than 5 schedules");
    }

    @Test
    void noticesAScenarioThatIsNotRepeatable() {
        List<Integer> runs = new ArrayList<>();
        assertThatThrownBy(() -> Interleavings.atMost(100).explore(scenario -> {
                    runs.add(1);
                    for (int actor = 0; actor <= runs.size(); actor++) {
                        scenario.actor("actor", new InMemorySessionStore(), store -> store.find(record.id()));
                    }
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("not repeatable");
    }

    private Flux<Boolean> calls(SessionStore store, String name, int count, List<String> order) {
        return Flux.range(0, count)
                .concatMap(number -> store.delete(record.id()).doOnNext(done -> order.add(name)));
    }
}
