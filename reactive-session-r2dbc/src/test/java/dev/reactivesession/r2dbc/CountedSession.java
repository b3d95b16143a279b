package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A session whose payload says how often it was saved, and what the stores have acknowledged of it. */
final class CountedSession {

    private static final String FILLING = "x".repeat(512);

    private final SessionRecord first = Samples.session("alice", payload(1));

    private final AtomicInteger inserts = new AtomicInteger();

    private final AtomicInteger deletes = new AtomicInteger();

    private final AtomicInteger saves = new AtomicInteger();

    private final AtomicInteger unknown = new AtomicInteger();

    private static String payload(long version) {
        return version + " " + FILLING;
    }

    /** An operation on it had no answer, and may have been done. */
    void unknown() {
        unknown.incrementAndGet();
    }

    Mono<Boolean> insert(SessionStore store) {
        return store.insert(first).doOnNext(done -> count(done, inserts));
    }

    Mono<Boolean> delete(SessionStore store) {
        return store.delete(first.id()).doOnNext(done -> count(done, deletes));
    }

    Mono<Boolean> touch(SessionStore store, int number) {
        return store.touch(first.id(), Samples.START, first.expiresAt().plusMillis(number));
    }

    Mono<Boolean> save(SessionStore store) {
        return store.find(first.id())
                .flatMap(found -> store.update(next(found), found.version()))
                .doOnNext(done -> count(done, saves));
    }

    /** Whether it is away, or all of it is of one version. */
    Mono<Boolean> isWhole(SessionStore store) {
        return store.find(first.id()).map(CountedSession::isWhole).defaultIfEmpty(true);
    }

    private static boolean isWhole(SessionRecord found) {
        return new String(found.payload(), StandardCharsets.UTF_8).equals(payload(found.version()));
    }

    private static SessionRecord next(SessionRecord found) {
        SessionRecord next = Samples.next(found);
        return new SessionRecord(
                next.id(),
                next.proof(),
                next.version(),
                next.createdAt(),
                next.lastAccessedAt(),
                next.idleTimeout(),
                next.expiresAt(),
                next.principal(),
                payload(next.version()).getBytes(StandardCharsets.UTF_8));
    }

    private static void count(boolean done, AtomicInteger counter) {
        if (done) {
            counter.incrementAndGet();
        }
    }

    /** Each acknowledged save is in the version of a session that nobody deleted; else it is there or not by turns. */
    void lostNothing(SessionStore store, Duration patience) {
        SessionRecord found = store.find(first.id()).block(patience);
        int doubt = unknown.get();
        assertThat(inserts.get() - deletes.get())
                .as("inserts without a delete")
                .isBetween((found == null ? 0 : 1) - doubt, (found == null ? 0 : 1) + doubt);
        if (found != null) {
            assertThat(isWhole(found)).as("is of one version").isTrue();
        }
        if (deletes.get() == 0) {
            assertThat(saves(found)).as("saves").isBetween((long) saves.get(), (long) saves.get() + doubt);
        }
    }

    private static long saves(@Nullable SessionRecord found) {
        return found == null ? 0 : found.version() - 1;
    }
}
