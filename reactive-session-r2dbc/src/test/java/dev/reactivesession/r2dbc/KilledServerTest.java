package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionException.Unavailable;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import io.r2dbc.pool.ConnectionPool;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** A server of its own, killed with -9 while clients save and delete, and started again over the same files. */
class KilledServerTest {

    private static final Duration BOUND = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 500;

    @TempDir
    private Path files;

    private final Set<SessionId> stored = ConcurrentHashMap.newKeySet();

    private final Set<SessionId> deleted = ConcurrentHashMap.newKeySet();

    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    private final CountDownLatch underLoad = new CountDownLatch(ACKNOWLEDGED_BEFORE_THE_KILL);

    private final CountDownLatch broken = new CountDownLatch(1);

    @Test
    void whatWasAcknowledgedIsThereAndWhatWasDeletedStaysAwayAndServiceResumes() throws Exception {
        Path data = files.resolve("data");
        EmbeddedPostgres first = server(data, 0);
        ConnectionPool pool =
                Postgresql.pool(io.r2dbc.spi.ConnectionFactories.get(Postgresql.options(first.getPort())), 8);
        R2dbcSessionSettings settings = Table.createdOn(pool).withStatementTimeout(BOUND);
        R2dbcSessionStore store = R2dbcSessionStore.of(pool, settings);
        Disposable load = Flux.range(0, 8)
                .flatMap(client -> Mono.defer(() -> work(store)).repeat())
                .subscribe();
        assertThat(underLoad.await(60, TimeUnit.SECONDS)).isTrue();
        kill(data);
        assertThat(broken.await(60, TimeUnit.SECONDS)).isTrue();
        first.close();
        try (EmbeddedPostgres second = server(data, first.getPort())) {
            assertThat(store.insert(Samples.session())
                            .retryWhen(Retry.fixedDelay(100, Duration.ofMillis(100)))
                            .block(PATIENCE))
                    .as("the same store works again, on port %d", second.getPort())
                    .isTrue();
            load.dispose();
            assertThat(failures).isNotEmpty().allSatisfy(KilledServerTest::isTyped);
            assertThat(stored)
                    .isNotEmpty()
                    .allSatisfy(id -> assertThat(find(store, id)).isTrue());
            assertThat(deleted)
                    .isNotEmpty()
                    .allSatisfy(id -> assertThat(find(store, id)).isFalse());
            pool.dispose();
        }
    }

    private static boolean find(R2dbcSessionStore store, SessionId id) {
        return Boolean.TRUE.equals(store.find(id).hasElement().block(PATIENCE));
    }

    private static void isTyped(Throwable failure) {
        assertThat(failure).isInstanceOf(Unavailable.class);
    }

    // Each of a pair is noted only when the store has acknowledged it, and taken from the notes before anything else is
    // tried on it.
    private Mono<Void> work(R2dbcSessionStore store) {
        SessionRecord kept = Samples.session();
        SessionRecord ended = Samples.session();
        return timed(store.insert(kept))
                .doOnNext(done -> stored.add(kept.id()))
                .then(timed(store.insert(ended)))
                .then(Mono.defer(() -> timed(store.delete(ended.id()))))
                .doOnNext(done -> deleted.add(ended.id()))
                .doOnNext(done -> underLoad.countDown())
                .onErrorResume(this::noted)
                .then();
    }

    private static Mono<Boolean> timed(Mono<Boolean> operation) {
        return operation.timeout(BOUND.multipliedBy(2));
    }

    private Mono<Boolean> noted(Throwable failure) {
        failures.add(failure);
        broken.countDown();
        return Mono.delay(Duration.ofMillis(20)).thenReturn(false);
    }

    private static EmbeddedPostgres server(Path data, int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("synchronous_commit", "on")
                .setPGStartupWait(PATIENCE);
        return (port == 0 ? builder : builder.setPort(port)).start();
    }

    // The first line of this file is the process that all others of the server depend on.
    private static void kill(Path data) throws Exception {
        long process = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0));
        ProcessHandle server = ProcessHandle.of(process).orElseThrow();
        var backends = server.children().toList();
        server.destroyForcibly();
        backends.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle backend : backends) {
            backend.onExit().get(60, TimeUnit.SECONDS);
        }
        server.onExit().get(60, TimeUnit.SECONDS);
    }
}
