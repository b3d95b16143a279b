package dev.reactivesession.engine;

import dev.reactivesession.SessionException;
import dev.reactivesession.engine.SessionProbe.Step;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Bounds a store operation in time, lets no untyped error through, and has it watched. */
final class StoreGuard {

    private final Duration timeout;

    private final Scheduler scheduler;

    private final SessionProbe probe;

    StoreGuard(Duration timeout, Scheduler scheduler, SessionProbe probe) {
        this.timeout = timeout;
        this.scheduler = scheduler;
        this.probe = probe;
    }

    <T> Mono<T> bounded(Step step, Mono<T> operation) {
        return unbounded(step, inTime(operation));
    }

    /** What is a Callable is computed within the subscription, where a timer has nothing to wait for. */
    <T> Mono<T> inTime(Mono<T> operation) {
        return operation instanceof Callable ? operation : operation.timeout(timeout, scheduler);
    }

    /** Bounds the time to the first element. What follows comes as it is asked for, and nobody may be asking. */
    <T> Flux<T> bounded(Step step, Flux<T> operation) {
        return unbounded(step, operation.timeout(Mono.delay(timeout, scheduler)));
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
                ? new SessionException.Unavailable(
                        "the session store did not answer within " + timeout + " (reactive-session.store-timeout)",
                        error)
                : new SessionException.Unavailable(
                        "the session store failed: " + error.getClass().getName(), error);
    }
}
