package dev.reactivesession.engine;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.SweepReport;
import dev.reactivesession.engine.SessionProbe.Step;
import dev.reactivesession.store.ExpiredSessions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * One sweep: the ids of expired records, streamed into batched deletions. When it is cancelled, the batch in hand
 * finishes, and only then is the sweep over.
 */
final class SweepRun {

    private static final Logger LOG = Loggers.getLogger(SweepRun.class);

    private final ExpiredSessions store;

    private final SweepSettings settings;

    private final StoreGuard guard;

    private final Clock clock;

    private final Consumer<SessionId> removed;

    private final Runnable over;

    private final Instant began;

    /** The run itself, and the batch in hand. */
    private final AtomicInteger underWay = new AtomicInteger(1);

    private final AtomicBoolean ended = new AtomicBoolean();

    private long deleted;

    private long batches;

    SweepRun(
            ExpiredSessions store,
            SweepSettings settings,
            StoreGuard guard,
            Clock clock,
            Consumer<SessionId> removed,
            Runnable over) {
        this.store = store;
        this.settings = settings;
        this.guard = guard;
        this.clock = clock;
        this.removed = removed;
        this.over = over;
        this.began = clock.instant();
    }

    Flux<SweepReport> reports() {
        return clocksAgree()
                .thenMany(guard.progressing(batches()))
                .map(this::afterBatch)
                .concatWith(Mono.fromSupplier(() -> report(true, null)))
                .onErrorResume(error -> Mono.fromSupplier(() -> failed(error)))
                .doOnTerminate(this::end)
                .doOnCancel(this::end);
    }

    /** A clock that is ahead would find the sessions of other nodes expired. */
    private Mono<Void> clocksAgree() {
        return guard.bounded(Step.STORE_TIME, store.storeTime())
                .filter(time -> Duration.between(time, began).abs().compareTo(settings.maxClockDifference()) > 0)
                .flatMap(time -> Mono.error(new SessionException.Misconfigured(
                        "the clock of this node says " + began + ", and that of the store " + time
                                + ": further apart than reactive-session.sweep.max-clock-difference ("
                                + settings.maxClockDifference() + ") allows, so nothing is swept",
                        null)));
    }

    private Flux<Long> batches() {
        return guard.patient(Step.EXPIRED, store.expired(began))
                .buffer(settings.batchSize())
                .concatMap(this::delete, 1);
    }

    /** Cached, so it finishes even when its subscribers are gone. */
    private Mono<Long> delete(List<SessionId> ids) {
        return Mono.defer(() -> {
                    underWay.incrementAndGet();
                    return guard.patient(
                                    Step.DELETE_EXPIRED,
                                    store.deleteExpired(ids, began)
                                            .doOnNext(removed)
                                            .count())
                            .doOnTerminate(this::leave);
                })
                .cache();
    }

    private SweepReport afterBatch(long count) {
        deleted += count;
        batches++;
        return report(false, null);
    }

    private SweepReport failed(Throwable error) {
        String reason = reason(error);
        LOG.warn("a sweep failed after removing {} sessions, and the next one goes on: {}", deleted, reason);
        LOG.debug("the failed sweep", error);
        return report(true, reason);
    }

    /** The real cause in one line. */
    private static String reason(Throwable error) {
        Throwable real = Exceptions.unwrapMultiple(error).get(0);
        Throwable cause = real.getCause();
        return cause == null || cause.getMessage() == null
                ? String.valueOf(real.getMessage())
                : real.getMessage() + " (" + cause.getClass().getName() + ": " + cause.getMessage() + ")";
    }

    private SweepReport report(boolean done, @Nullable String failure) {
        return new SweepReport(deleted, batches, Duration.between(began, clock.instant()), done, failure);
    }

    private void end() {
        if (ended.compareAndSet(false, true)) {
            leave();
        }
    }

    private void leave() {
        if (underWay.decrementAndGet() == 0) {
            over.run();
        }
    }
}
