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
        return typed(inTime);
    }

    /** Bounds the time to the first element. What follows comes as it is asked for, and nobody may be asking. */
    <T> Flux<T> bounded(Flux<T> operation) {
        return typed(operation.timeout(Mono.delay(timeout, scheduler)));
    }

    /** Leaves the time to the store, for work that grows with the number of sessions. */
    <T> Mono<T> typed(Mono<T> operation) {
        return operation.onErrorMap(this::toTyped);
    }

    /** Leaves the time to the store, for work that grows with the number of sessions. */
    <T> Flux<T> typed(Flux<T> operation) {
        return operation.onErrorMap(this::toTyped);
    }

    private Throwable toTyped(Throwable error) {
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
