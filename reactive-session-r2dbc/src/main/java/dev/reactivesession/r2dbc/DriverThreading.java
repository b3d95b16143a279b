package dev.reactivesession.r2dbc;

import dev.reactivesession.store.TimeLimit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The way a driver does its work. Work that has begun is not cancelled with its caller.
 *
 * @param blocking where the driver may block; null for one that does not
 */
record DriverThreading(@Nullable Scheduler blocking) {

    static final DriverThreading WITHOUT_BLOCKING = new DriverThreading(null);

    /**
     * Runs work to its end.
     *
     * @param patience ends work of a driver that can be interrupted
     */
    <T> Mono<T> run(Mono<T> work, TimeLimit patience) {
        return toItsEnd(blocking == null ? patience.on(work, TimeoutException::new) : work.subscribeOn(blocking));
    }

    // A cancel would leave a connection with a statement that still runs. H2, closed beneath one, keeps half a change
    // and
    // its lock for as long as the database is open.
    private static <T> Mono<T> toItsEnd(Mono<T> work) {
        return Mono.deferContextual(
                context -> Mono.fromFuture(() -> work.contextWrite(context).toFuture(), true));
    }
}
