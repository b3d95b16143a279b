package dev.reactivesession.engine;

import dev.reactivesession.SessionException;
import dev.reactivesession.engine.SessionProbe.Step;
import dev.reactivesession.store.TimeLimit;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Bounds a store operation in time, lets no untyped error through, and has it watched. */
final class StoreGuard {

    private final TimeLimit limit;

    private final Scheduler scheduler;

    private final SessionProbe probe;

    StoreGuard(Duration timeout, Scheduler scheduler, SessionProbe probe) {
        this.limit = new TimeLimit(timeout, scheduler);
        this.scheduler = scheduler;
        this.probe = probe;
    }

    <T> Mono<T> bounded(Step step, Mono<T> operation) {
        return unbounded(step, inTime(operation));
    }

    <T> Mono<T> inTime(Mono<T> operation) {
        return limit.on(operation, () -> tooLate(null));
    }

    /** Bounds the time to the first element. What follows comes as it is asked for, and nobody may be asking. */
    <T> Flux<T> bounded(Step step, Flux<T> operation) {
        return unbounded(step, operation.timeout(Mono.delay(limit.bound(), scheduler)));
    }

    /** Leaves the time to the store, for work that grows with the number of sessions. */
    <T> Mono<T> unbounded(Step step, Mono<T> operation) {
        return probe.watch(step, operation.onErrorMap(this::toTyped));
    }

    /** Leaves the time to the store, for work that grows with the number of sessions. */
    <T> Flux<T> unbounded(Step step, Flux<T> operation) {
        return probe.watch(step, operation.onErrorMap(this::toTyped));
    }

    private Throwable toTyped(Throwable error) {
        if (error instanceof SessionException) {
            return error;
        }
        return error instanceof TimeoutException
                ? tooLate(error)
                : new SessionException.Unavailable(
                        "the session store failed: " + error.getClass().getName(), error);
    }

    private SessionException tooLate(@Nullable Throwable cause) {
        return new SessionException.Unavailable(
                "the session store did not answer within " + limit.bound() + " (reactive-session.store-timeout)",
                cause);
    }
}
