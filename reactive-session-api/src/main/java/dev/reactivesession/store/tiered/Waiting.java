package dev.reactivesession.store.tiered;

import java.time.Duration;
import java.util.concurrent.Callable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Waits for a store, but not longer than a bound. */
record Waiting(Duration bound, Scheduler scheduler) {

    <T> Mono<T> on(Mono<T> operation) {
        // what is a Callable is computed within the subscription, where a timer has nothing to wait for
        return operation instanceof Callable ? operation : operation.timeout(bound, scheduler);
    }
}
