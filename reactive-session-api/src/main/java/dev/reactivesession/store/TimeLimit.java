package dev.reactivesession.store;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Ends operations that take too long. All that begin within a hundredth of the bound share one timer, and so end up to
 * a hundredth early: a timer for each would wake a thread for each, which costs about a sixth of a whole command to a
 * store nearby.
 */
public final class TimeLimit {

    private static final int PARTS = 100;

    private final Duration bound;

    private final Scheduler scheduler;

    private final AtomicReference<Alarm> latest;

    /**
     * Limits operations.
     *
     * @param bound how long each may take
     * @param scheduler keeps the time
     */
    public TimeLimit(Duration bound, Scheduler scheduler) {
        this.bound = bound;
        this.scheduler = scheduler;
        this.latest = new AtomicReference<>(alarm(now()));
    }

    /**
     * How long an operation may take.
     *
     * @return the bound
     */
    public Duration bound() {
        return bound;
    }

    /**
     * Bounds an operation, from its subscription on. A {@code Callable} is computed within the subscription, where a
     * timer has nothing to wait for, and stays what it is.
     *
     * @param operation what may take too long
     * @param late the error that it ends with then
     * @param <T> what it gives
     * @return the operation, bounded
     */
    public <T> Mono<T> on(Mono<T> operation, Supplier<? extends Throwable> late) {
        return operation instanceof Callable ? operation : operation.timeout(rings(), Mono.error(late));
    }

    /**
     * The timer itself.
     *
     * @return signals when the bound has passed since its subscription, or up to a hundredth of it earlier
     */
    public Mono<Long> rings() {
        return Mono.defer(this::shared);
    }

    private Mono<Long> shared() {
        long now = now();
        return latest.updateAndGet(alarm -> now < alarm.servesUntil() ? alarm : alarm(now))
                .rings();
    }

    private Alarm alarm(long now) {
        return new Alarm(
                now + bound.toNanos() / PARTS, Mono.delay(bound, scheduler).cache());
    }

    private long now() {
        return scheduler.now(TimeUnit.NANOSECONDS);
    }

    private record Alarm(long servesUntil, Mono<Long> rings) {}
}
