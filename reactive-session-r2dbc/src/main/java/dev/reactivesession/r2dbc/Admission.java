package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionException.Unavailable;
import dev.reactivesession.store.TimeLimit;
import io.r2dbc.spi.Connection;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Bounds the operations that wait for a connection. After an attempt to get one has failed, only a few try, until one
 * succeeds.
 */
final class Admission {

    private static final int MOST_WAITING = 4096;

    private static final int PROBES = 4;

    private final Failures failures;

    private final TimeLimit limit;

    private final AtomicInteger waiting = new AtomicInteger();

    private volatile @Nullable Throwable outage;

    Admission(Failures failures, TimeLimit limit) {
        this.failures = failures;
        this.limit = limit;
    }

    /** Lets work begin, which must then ask for its connection here; or is an error, at once. */
    <T> Mono<T> admit(Mono<T> work) {
        return Mono.defer(() -> {
            Throwable last = outage;
            if (waiting.incrementAndGet() <= (last == null ? MOST_WAITING : PROBES)) {
                return work;
            }
            waiting.decrementAndGet();
            return Mono.error(last == null ? full() : away(last));
        });
    }

    Mono<Connection> connection(Publisher<? extends Connection> connecting) {
        return limit.on(Mono.<Connection>from(connecting), TimeoutException::new)
                .doOnSuccess(connected -> outage = null)
                .doOnError(error -> outage = error)
                .doFinally(end -> waiting.decrementAndGet());
    }

    private static SessionException full() {
        return new Unavailable(
                MOST_WAITING + " operations wait for a connection to the database, which is the bound", null);
    }

    private SessionException away(Throwable last) {
        SessionException typed = failures.typed(last);
        return typed instanceof Unavailable
                ? new Unavailable(
                        "no connection to the database a moment ago, and until there is one only a few operations try",
                        typed)
                : typed;
    }
}
