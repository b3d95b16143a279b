package dev.reactivesession.redis;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Ends operations that take too long. All that begin within a hundredth of the bound share one timer, and so end up to a hundredth early: a timer for each
 * would wake a thread for each, which costs about a sixth of a whole command.
 */
final class TimeLimit {

    private static final int PARTS = 100;

    private final Duration bound;

    private final Scheduler scheduler;

    private final AtomicReference<Alarm> latest;

    TimeLimit(Duration bound, Scheduler scheduler) {
        this.bound = bound;
        this.scheduler = scheduler;
        this.latest = new AtomicReference<>(alarm(now()));
    }

    Duration bound() {
        return bound;
    }

    /**
     * Bounds an operation, from its subscription on.
     *
     * @param operation what may take too long
     * @param late what to go on with then
     */
    <T> Mono<T> of(Mono<T> operation, Mono<T> late) {
        return operation.timeout(Mono.defer(this::rings), late);
    }

    private Mono<Long> rings() {
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
