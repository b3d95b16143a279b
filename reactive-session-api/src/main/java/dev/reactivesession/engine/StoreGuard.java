package dev.reactivesession.engine;

import dev.reactivesession.SessionException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Bounds a store operation in time, and lets no untyped error through. */
final class StoreGuard {

    private final Duration timeout;

    private final Scheduler scheduler;

    StoreGuard(Duration timeout, Scheduler scheduler) {
        this.timeout = timeout;
        this.scheduler = scheduler;
    }

    <T> Mono<T> bounded(Mono<T> operation) {
        // what is a Callable is computed within the subscription, where a timer has nothing to wait for
        Mono<T> inTime = operation instanceof Callable ? operation : operation.timeout(timeout, scheduler);
        return inTime.onErrorMap(this::typed);
    }

    /** Bounds the time to each next element. */
    <T> Flux<T> bounded(Flux<T> operation) {
        return operation.timeout(timeout, scheduler).onErrorMap(this::typed);
    }

    private Throwable typed(Throwable error) {
        if (error instanceof SessionException) {
            return error;
        }
        return error instanceof TimeoutException
                ? new SessionException.Unavailable(
                        "the session store did not answer within " + timeout + " (reactive-session.store-timeout)",
                        error)
                : new SessionException.Unavailable(
                        "the session store failed: " + error.getClass().getName(), error);
    }
}
