package dev.reactivesession.r2dbc;

import dev.reactivesession.store.TimeLimit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * The way a driver does its work. Work that has begun is not cancelled with its caller.
 *
 * @param blocking where the driver may block; null for one that does not
 */
record DriverThreading(@Nullable Scheduler blocking) {

    private static final Logger LOG = Loggers.getLogger(DriverThreading.class);

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
    // and its lock for as long as the database is open. So this subscription outlives its caller, and an error that
    // comes after that has no one to go to. The caller is told once: an end that follows a value takes the value back
    // from a caller that has not asked for it yet.
    private static <T> Mono<T> toItsEnd(Mono<T> work) {
        return Mono.create(caller -> {
            AtomicBoolean gone = new AtomicBoolean();
            caller.onCancel(() -> gone.set(true));
            work.singleOptional()
                    .contextWrite(caller.contextView())
                    .subscribe(found -> caller.success(found.orElse(null)), error -> tell(caller, error, gone));
        });
    }

    private static <T> void tell(MonoSink<T> caller, Throwable error, AtomicBoolean gone) {
        if (gone.get()) {
            LOG.debug("a statement failed after its caller had gone", error);
        } else {
            caller.error(error);
        }
    }
}
