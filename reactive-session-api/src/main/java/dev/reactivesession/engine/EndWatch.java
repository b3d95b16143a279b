package dev.reactivesession.engine;

import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The streams that wait for the end of a session. The record decides whether it has ended; an event of this node or of
 * another only says when to look. While nothing waits, an event costs one look into an empty map.
 */
final class EndWatch {

    /** So many looks are made at most in a millisecond when all are to be made at once. */
    private static final int LOOKS_A_MILLISECOND = 2;

    private final ConcurrentMap<SessionId, WatchedSession> watched = new ConcurrentHashMap<>();

    private final Flux<Void> following;

    private final Duration interval;

    private final Clock clock;

    private final Scheduler scheduler;

    private final RandomGenerator random;

    private volatile boolean closed;

    EndWatch(
            SignalSettings settings,
            @Nullable OtherNodes others,
            Clock clock,
            Scheduler scheduler,
            RandomGenerator random) {
        this.interval = settings.checkInterval();
        this.clock = clock;
        this.scheduler = scheduler;
        this.random = random;
        this.following = others == null
                ? Flux.never()
                : others.words()
                        .doOnNext(this::heard)
                        .<Void>handle((word, sink) -> {})
                        .share();
    }

    /**
     * Completes when the session has ended, or when streams are to end.
     *
     * @param id which
     * @param stored whether there should be a record by now; if not, the first look comes after an interval
     * @param look the deadline of the session, empty when there is none
     */
    Mono<Void> ended(SessionId id, boolean stored, Mono<Instant> look) {
        return Mono.usingWhen(
                Mono.fromSupplier(() -> join(id, stored, look)),
                session -> closed ? Mono.empty() : session.ended(),
                session -> Mono.fromRunnable(() -> leave(id)));
    }

    private WatchedSession join(SessionId id, boolean stored, Mono<Instant> look) {
        return watched.compute(id, (same, there) -> {
            WatchedSession session = there == null ? begun(stored, look) : there;
            session.join();
            return session;
        });
    }

    private WatchedSession begun(boolean stored, Mono<Instant> look) {
        return new WatchedSession(look.map(this::untilNextLook), interval, stored, following, scheduler);
    }

    private void leave(SessionId id) {
        watched.computeIfPresent(id, (same, there) -> there.leave() ? null : there);
    }

    /** A little after the deadline, because a timer may be early by the clock of the application. */
    private Duration untilNextLook(Instant deadline) {
        Duration left = Duration.between(clock.instant(), deadline).plusMillis(1);
        return left.compareTo(interval) < 0 ? left : interval;
    }

    void heard(SessionEvent event) {
        if (watched.isEmpty()) {
            return;
        }
        if (event instanceof SessionEvent.Created created) {
            with(created.id(), WatchedSession::stored);
        } else if (event instanceof SessionEvent.Invalidated ended) {
            with(ended.id(), WatchedSession::look);
        } else if (event instanceof SessionEvent.Expired expired) {
            with(expired.id(), WatchedSession::look);
        } else if (event instanceof SessionEvent.AllEnded) {
            lookAtAll();
        }
    }

    private void with(SessionId id, Consumer<WatchedSession> action) {
        WatchedSession session = watched.get(id);
        if (session != null) {
            action.accept(session);
        }
    }

    private void heard(OtherNodes.Word word) {
        if (word instanceof OtherNodes.Word.Told told) {
            heard(told.event());
        } else {
            lookAtAll();
        }
    }

    /** Spread over some time, so that the requests of visitors do not wait behind it. */
    void lookAtAll() {
        int span = watched.size() / LOOKS_A_MILLISECOND + 1;
        watched.values().forEach(session -> session.lookAgain(Duration.ofMillis(random.nextInt(span))));
    }

    /** Completes every stream that waits, and those to come, without a word about their sessions. */
    void close() {
        closed = true;
        watched.values().forEach(WatchedSession::close);
    }

    void reopen() {
        closed = false;
    }

    boolean isClosed() {
        return closed;
    }
}
