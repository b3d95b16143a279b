package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.store.SessionRecord;
import io.netty.channel.EventLoop;
import io.r2dbc.pool.ConnectionPool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.netty.resources.LoopResources;

/** Requests that an event loop has read together share a statement, although a connection is free. */
class EventLoopBatchTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final WireProxy wire = new WireProxy(Postgresql.options());

    private final ConnectionPool pool = Postgresql.pool(wire.connections(), 1);

    private final R2dbcSessionStore store = R2dbcSessionStore.of(pool, Table.createdOn(Postgresql.connections()));

    private final LoopResources loops = LoopResources.create("callers", 1, true);

    private final List<SessionRecord> sessions =
            IntStream.range(0, 8).mapToObj(number -> Samples.session()).toList();

    @AfterEach
    void close() throws IOException {
        store.close().block(PATIENCE);
        pool.dispose();
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).block(PATIENCE);
        wire.close();
    }

    @Test
    void operationsOfOneTurnOfAnEventLoopAreOneRoundTrip() throws Exception {
        Flux.fromIterable(sessions).concatMap(store::insert).blockLast(PATIENCE);
        store.find(sessions.get(0).id()).block(PATIENCE);
        wire.forget();
        List<SessionRecord> found = inOneTurn(() -> Flux.fromIterable(sessions)
                .flatMapSequential(session -> store.find(session.id()))
                .collectList()
                .toFuture());
        assertThat(found).isEqualTo(sessions);
        assertThat(wire.messages()).containsOnlyOnce("S");
    }

    @Test
    void anOperationAloneOnAnEventLoopLeaves() throws Exception {
        assertThat(inOneTurn(() -> store.insert(sessions.get(0)).toFuture())).isTrue();
    }

    private <T> T inOneTurn(Callable<CompletableFuture<T>> work) throws Exception {
        EventLoop loop = loops.onServer(true).next();
        return loop.submit(work)
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
