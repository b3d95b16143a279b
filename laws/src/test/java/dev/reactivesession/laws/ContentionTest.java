package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Attribute;
import dev.reactivesession.ConflictPolicy;
import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.SessionPolicies;
import dev.reactivesession.Sessions;
import dev.reactivesession.test.HeldCall;
import dev.reactivesession.test.StoreOperation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

@DisplayName("Law 9 under contention")
class ContentionTest {

    private static final Attribute<Integer> HITS = Attribute.of("hits", Integer.class);

    private static final Attribute<List<Integer>> LOG = Attribute.listOf("log", Integer.class);

    private static final int CLIENTS = 8;

    private static final int EACH = 1000;

    private static SessionId begin(Application application) {
        application.visitorDoing(session -> session.put("begun", true)).visit();
        return application.onlyId();
    }

    private static void together(Sessions sessions, SessionId id, BiConsumer<Integer, Session> change) {
        Flux.range(0, CLIENTS)
                .flatMap(
                        client -> Flux.range(0, EACH)
                                .concatMap(
                                        number -> sessions.update(
                                                id, session -> change.accept(client * EACH + number, session)),
                                        1)
                                .subscribeOn(Schedulers.parallel()),
                        CLIENTS)
                .blockLast(Duration.ofMinutes(2));
    }

    @Test
    @DisplayName("8 clients making 1,000 compute increments each count exactly 8,000")
    void noIncrementIsLost() {
        Application application = new Application();
        SessionId id = begin(application);

        together(
                application.sessions(),
                id,
                (number, session) -> session.compute(HITS, hits -> hits == null ? 1 : hits + 1));

        assertThat(application.sessions().find(id).block().get(HITS)).isEqualTo(CLIENTS * EACH);
    }

    @Test
    @DisplayName("8 clients putting different attributes lose none")
    void noAttributeIsLost() {
        Application application = new Application();
        SessionId id = begin(application);

        together(application.sessions(), id, (number, session) -> session.put("a" + number % 400, number));

        assertThat(application.sessions().find(id).block().attributes()).hasSize(400 + 1);
    }

    @Test
    @DisplayName("With the refuse policy every change is either stored or refused with a typed error")
    void nothingIsLostSilently() {
        Application application = new Application(
                builder -> builder.policies(SessionPolicies.defaults().withOnConflict(ConflictPolicy.REFUSE)));
        SessionId id = begin(application);
        Set<Integer> stored = ConcurrentHashMap.newKeySet();
        AtomicInteger refused = new AtomicInteger();
        int each = 200;

        Flux.range(0, CLIENTS)
                .flatMap(
                        client -> Flux.range(client * each, each)
                                .concatMap(number -> appended(application.sessions(), id, number)
                                        .doOnNext(session -> stored.add(number))
                                        .onErrorResume(SessionException.Conflict.class, error -> {
                                            refused.incrementAndGet();
                                            return Mono.empty();
                                        }))
                                .subscribeOn(Schedulers.parallel()),
                        CLIENTS)
                .blockLast(Duration.ofMinutes(2));

        assertThat(stored.size() + refused.get()).isEqualTo(CLIENTS * each);
        assertThat(application.sessions().find(id).block().get(LOG)).containsExactlyInAnyOrderElementsOf(stored);
    }

    @Test
    @DisplayName("A save that lost goes before those that come later, and so does not lose for ever")
    void nobodyStarves() {
        Application application = new Application(
                builder -> builder.limits(SessionLimits.defaults().withMaxReplays(1)));
        SessionId id = begin(application);
        application.hold(StoreOperation.UPDATE);

        CompletableFuture<Session> early = counting(application, id);
        HeldCall lost = application.takeHeld();
        CompletableFuture<Session> rival = counting(application, id);
        application.takeHeld().release();
        lost.release();
        HeldCall replay = application.takeHeld();
        application.holdNothing();
        CompletableFuture<Session> late = counting(application, id);
        replay.release();

        assertThat(List.of(early, rival, late))
                .allSatisfy(saved -> assertThat(saved).succeedsWithin(Served.PATIENCE));
        assertThat(application.sessions().find(id).block().get(HITS)).isEqualTo(3);
    }

    @Test
    @DisplayName("Those who wait for others while the store hangs learn of it by themselves, all at the same time")
    void aStoreThatHangsHoldsUpEachOnlyOnce() {
        VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();
        Application application = new Application(builder -> builder.scheduler(scheduler));
        SessionId id = begin(application);
        application.hold(StoreOperation.UPDATE);
        CompletableFuture<Session> early = counting(application, id);
        HeldCall lost = application.takeHeld();
        counting(application, id);
        application.takeHeld().release();
        lost.release();
        application.takeHeld();

        List<CompletableFuture<Session>> waiting =
                Stream.generate(() -> counting(application, id)).limit(5).toList();
        Duration bound = SessionLimits.defaults().storeTimeout();
        scheduler.advanceTimeBy(bound);
        scheduler.advanceTimeBy(bound);

        assertThat(early).isCompletedExceptionally();
        assertThat(waiting).hasSize(5).allSatisfy(save -> assertThat(save).isCompletedExceptionally());
    }

    private static CompletableFuture<Session> counting(Application application, SessionId id) {
        return application
                .sessions()
                .update(id, session -> session.compute(HITS, hits -> hits == null ? 1 : hits + 1))
                .toFuture();
    }

    private static Mono<Session> appended(Sessions sessions, SessionId id, int number) {
        return sessions.update(id, session -> {
            List<Integer> log = new ArrayList<>(session.getOrDefault(LOG, List.of()));
            log.add(number);
            session.put(LOG, log);
        });
    }
}
