package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionException.Unavailable;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.test.Race;
import io.r2dbc.pool.ConnectionPool;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds, saves and touches from four nodes on sessions that they share: every acknowledged save is in the version of
 * its session.
 */
@ExtendWith(NoDeadlocks.class)
class MixedOperationsScaleTest {

    private static final int NODES = 4;

    private static final int AT_ONCE = 64;

    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final ConnectionPool pool = Postgresql.pool(2);

    private final R2dbcSessionSettings settings = Table.createdOn(pool).withStatementTimeout(Duration.ofSeconds(30));

    private final List<SessionRecord> sessions = IntStream.range(0, 2_000)
            .mapToObj(number -> Samples.session("user-" + number, "x".repeat(512)))
            .toList();

    private final ConcurrentMap<SessionId, AtomicInteger> acknowledged = new ConcurrentHashMap<>();

    private final AtomicLong unavailable = new AtomicLong();

    @Test
    void tenThousandOperationsFromFourNodesLoseNothing() {
        lose(10_000);
    }

    @Tag("large")
    @Test
    void aMillionOperationsFromFourNodesLoseNothing() {
        lose(Integer.getInteger("mixed.operations", 1_000_000));
    }

    private void lose(int operations) {
        List<R2dbcSessionStore> nodes = IntStream.range(0, NODES)
                .mapToObj(node -> R2dbcSessionStore.of(pool, settings))
                .toList();
        Flux.fromIterable(sessions).flatMap(nodes.get(0)::insert, AT_ONCE).blockLast(PATIENCE);
        long began = System.nanoTime();
        Race.of(
                NODES,
                node -> Flux.range(0, operations / NODES)
                        .flatMap(number -> operation(nodes.get(node), number), AT_ONCE)
                        .then(Mono.just(true)));
        System.out.printf(
                "MIXED: %,d operations from %d nodes in %,d s, %,d of them unavailable%n",
                operations, NODES, (System.nanoTime() - began) / 1_000_000_000, unavailable.get());
        for (SessionRecord session : sessions) {
            int saves =
                    acknowledged.getOrDefault(session.id(), new AtomicInteger()).get();
            assertThat(nodes.get(0).find(session.id()).block(PATIENCE))
                    .extracting(SessionRecord::version)
                    .isEqualTo(1L + saves);
        }
        Flux.fromIterable(nodes).flatMap(R2dbcSessionStore::close).blockLast(PATIENCE);
    }

    // A few sessions are used by all nodes all the time.
    private Mono<Boolean> operation(R2dbcSessionStore node, int number) {
        int most = number % 8 == 0 ? 10 : sessions.size();
        SessionRecord session = sessions.get(ThreadLocalRandom.current().nextInt(most));
        Mono<Boolean> operation = switch (number % 3) {
            case 0 -> node.find(session.id()).hasElement();
            case 1 ->
                node.touch(session.id(), Samples.START, session.expiresAt().plusMillis(number));
            default -> save(node, session.id());
        };
        return operation.onErrorResume(
                Unavailable.class,
                error -> Mono.fromSupplier(() -> {
                    unavailable.incrementAndGet();
                    return false;
                }));
    }

    private Mono<Boolean> save(R2dbcSessionStore node, SessionId id) {
        return node.find(id)
                .flatMap(found -> node.update(Samples.next(found), found.version()))
                .doOnNext(saved -> count(id, saved));
    }

    private void count(SessionId id, boolean saved) {
        if (saved) {
            acknowledged.computeIfAbsent(id, key -> new AtomicInteger()).incrementAndGet();
        }
    }
}
