package dev.reactivesession.r2dbc;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * How a driver does its work.
 *
 * @param blocking where it may block; null for a driver that does not
 */
record Running(@Nullable Scheduler blocking) {

    static final Running WITHOUT_BLOCKING = new Running(null);

    <T> Mono<T> run(Mono<T> work) {
        return blocking == null ? work : toItsEnd(work.subscribeOn(blocking));
    }

    // A cancel would close the connection under the statement that runs on it. H2 then keeps half a change, and its
    // lock, for as long as the database is open.
    private static <T> Mono<T> toItsEnd(Mono<T> work) {
        return Mono.fromFuture(work::toFuture, true);
    }
}
