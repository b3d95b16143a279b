package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionException.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Finds, saves, touches, inserts and deletes from four nodes, each with connections of its own, on sessions that they
 * share. The sessions say afterwards whether anything was lost, and the server whether there was a deadlock.
 */
@ExtendWith(NoDeadlocks.class)
class MixedOperationsScaleTest {

    private static final int NODES = 4;

    private static final int AT_ONCE = 64;

    private static final int SESSIONS = 4_000;

    /** Used by all nodes all the time. */
    private static final int POPULAR = 12;

    private static final Duration PATIENCE = Duration.ofMinutes(40);

    private final R2dbcSessionSettings settings =
            Table.createdOn(Postgresql.connections()).withStatementTimeout(Duration.ofSeconds(30));

    private final List<R2dbcSessionStore> nodes = IntStream.range(0, NODES)
            .mapToObj(node -> R2dbcSessionStore.of(Postgresql.connections(), Postgresql.options(), settings))
            .toList();

    private final List<CountedSession> sessions = IntStream.range(0, SESSIONS)
            .mapToObj(number -> new CountedSession())
            .toList();

    private final AtomicLong unknown = new AtomicLong();

    private final AtomicLong torn = new AtomicLong();

    @Test
    void twentyThousandOperationsFromFourNodesLoseNothing() {
        lose(20_000);
    }

    @Tag("large")
    @Test
    void aMillionOperationsFromFourNodesLoseNothing() {
        lose(Integer.getInteger("mixed.operations", 1_000_000));
    }

    private void lose(int operations) {
        Flux.fromIterable(sessions)
                .flatMap(session -> session.insert(nodes.get(0)), AT_ONCE)
                .blockLast(PATIENCE);
        long began = System.nanoTime();
        Flux.fromIterable(nodes)
                .flatMap(node -> work(node, operations / NODES).subscribeOn(Schedulers.boundedElastic()))
                .blockLast(PATIENCE);
        long seconds = (System.nanoTime() - began) / 1_000_000_000;
        assertThat(sessions).allSatisfy(session -> session.lostNothing(nodes.get(1), PATIENCE));
        assertThat(torn)
                .as("finds of a record whose payload is of another version")
                .hasValue(0);
        double hot = UpdateStatistics.afterClosing(nodes, settings).hotRatio();
        System.out.printf(
                "MIXED: %,d operations from %d nodes in %,d s, %,d of them without an answer, %.1f %% HOT%n",
                operations, NODES, seconds, unknown.get(), 100 * hot);
        assertThat(hot).isGreaterThanOrEqualTo(0.95);
    }

    private Flux<Boolean> work(R2dbcSessionStore node, int operations) {
        return Flux.range(0, operations).flatMap(number -> operation(node, number), AT_ONCE);
    }

    /** Of ten operations three are finds, three saves, two touches, and one each a delete and an insert. */
    private Mono<Boolean> operation(R2dbcSessionStore node, int number) {
        return switch (number % 10) {
            case 0, 1, 2 ->
                known(anyOf(sessions.size()), session -> session.isWhole(node).doOnNext(this::countTorn));
            case 3, 4, 5 -> known(anyOf(number % 2 == 0 ? POPULAR : sessions.size()), session -> session.save(node));
            case 6, 7 ->
                known(anyOf(number % 2 == 0 ? POPULAR : sessions.size()), session -> session.touch(node, number));
            case 8 -> known(anyOf(POPULAR), session -> session.delete(node));
            default -> known(anyOf(POPULAR), session -> session.insert(node));
        };
    }

    private CountedSession anyOf(int most) {
        return sessions.get(ThreadLocalRandom.current().nextInt(most));
    }

    private void countTorn(boolean whole) {
        if (!whole) {
            torn.incrementAndGet();
        }
    }

    private Mono<Boolean> known(CountedSession session, Function<CountedSession, Mono<Boolean>> operation) {
        return operation
                .apply(session)
                .onErrorResume(
                        Unavailable.class,
                        error -> Mono.fromSupplier(() -> {
                            session.unknown();
                            unknown.incrementAndGet();
                            return false;
                        }));
    }
}
