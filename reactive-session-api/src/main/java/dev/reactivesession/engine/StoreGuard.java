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

/** The one place where a store operation is bounded in time, its errors become typed, and it is watched. */
final class StoreGuard {

    /** Work on many sessions may take this many times as long as an operation on one. */
    private static final int PATIENCE = 30;

    private final TimeLimit limit;

    private final TimeLimit patient;

    private final Scheduler scheduler;

    private final SessionProbe probe;

    StoreGuard(Duration timeout, Scheduler scheduler, SessionProbe probe) {
        this.limit = new TimeLimit(timeout, scheduler);
        this.patient = new TimeLimit(timeout.multipliedBy(PATIENCE), scheduler);
        this.scheduler = scheduler;
        this.probe = probe;
    }

    /** An operation that may be empty. */
    <T> Mono<T> bounded(Step step, Mono<T> operation) {
        return watched(step, inTime(operation));
    }

    /** An operation that always has an answer. */
    <T> Mono<T> answered(Step step, Mono<T> operation) {
        return watched(step, answeredInTime(step, operation));
    }

    /** For one operation among several that make a step. */
    <T> Mono<T> inTime(Mono<T> operation) {
        return limit.on(operation, () -> tooLate(limit, null));
    }

    /** A store that gives no answer where its contract asks for one would leave its caller waiting for ever. */
    <T> Mono<T> answeredInTime(Step step, Mono<T> operation) {
        return inTime(operation).switchIfEmpty(Mono.error(() -> noAnswer(step)));
    }

    /** Bounds the time to the first element; the rest comes as it is asked for, which may be never. */
    <T> Flux<T> bounded(Step step, Flux<T> operation) {
        return watched(step, operation.timeout(limit.rings()));
    }

    /** For work that grows with the number of sessions. */
    <T> Mono<T> patient(Step step, Mono<T> operation) {
        return watched(step, patient.on(operation, () -> tooLate(patient, null)));
    }

    /** For a stream that grows with the number of sessions: bounds the time to its first element. */
    <T> Flux<T> patient(Step step, Flux<T> operation) {
        return watched(step, operation.timeout(patient.rings()));
    }

    /** Ends work of many steps when none of them is done for twice as long as one may take. */
    <T> Flux<T> progressing(Flux<T> steps) {
        return steps.timeout(patient.bound().multipliedBy(2), scheduler).onErrorMap(this::toTyped);
    }

    <T> Mono<T> watched(Step step, Mono<T> operation) {
        return probe.watch(step, operation.onErrorMap(this::toTyped));
    }

    private <T> Flux<T> watched(Step step, Flux<T> operation) {
        return probe.watch(step, operation.onErrorMap(this::toTyped));
    }

    private Throwable toTyped(Throwable error) {
        if (error instanceof SessionException) {
            return error;
        }
        return error instanceof TimeoutException
                ? tooLate(limit, error)
                : new SessionException.Unavailable(
                        "the session store failed: " + error.getClass().getName(), error);
    }

    private static SessionException tooLate(TimeLimit limit, @Nullable Throwable cause) {
        return new SessionException.Unavailable(
                "the session store did not answer within " + limit.bound() + " (reactive-session.store-timeout)",
                cause);
    }

    private static SessionException noAnswer(Step step) {
        return new SessionException.Unavailable(
                "the session store ended " + step + " without an answer, which its contract does not allow", null);
    }
}
