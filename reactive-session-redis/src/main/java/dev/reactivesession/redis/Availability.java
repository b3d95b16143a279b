package dev.reactivesession.redis;

import dev.reactivesession.SessionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Whether Redis answers. It is away once it cannot be connected to, or once an operation ended late and nothing was
 * answered meanwhile. While it is away operations fail at once; any answer ends that.
 */
final class Availability {

    /** How many operations may try while Redis is away, where nothing else tries. */
    static final int PROBES = 4;

    /** The time between a failed try and the next one. */
    static final Duration PAUSE = Duration.ofMillis(250);

    private static final Logger LOG = Loggers.getLogger(Availability.class);

    private final Duration bound;

    private final LongSupplier nanos;

    private final AtomicBoolean away = new AtomicBoolean();

    private final AtomicBoolean reported = new AtomicBoolean();

    private final AtomicInteger probing = new AtomicInteger();

    private final AtomicLong answeredAt;

    private final AtomicLong nextProbe;

    /**
     * A server that is taken to be there.
     *
     * @param bound how long an operation may take
     * @param nanos a clock that only goes forward
     */
    Availability(Duration bound, LongSupplier nanos) {
        this.bound = bound;
        this.nanos = nanos;
        this.answeredAt = new AtomicLong(nanos.getAsLong());
        this.nextProbe = new AtomicLong(nanos.getAsLong());
    }

    boolean isAway() {
        return away.get();
    }

    void answered() {
        answeredAt.lazySet(nanos.getAsLong());
        if (reported.get()) {
            back();
        }
    }

    /** An operation got no answer within its bound. A little less counts too, since bounds end a little early. */
    void late() {
        if (nanos.getAsLong() - answeredAt.get() >= bound.toNanos() / 10 * 9) {
            away.set(true);
            report("does not answer");
        }
    }

    /** No connection can be made. */
    void unreachable() {
        away.set(true);
        disconnected();
    }

    /** A connection is down, and is being made again. */
    void disconnected() {
        report("cannot be reached");
    }

    /** Lets an operation try while Redis is away, if few do and none has just failed. */
    <T> Mono<T> probe(Mono<T> operation) {
        return Mono.defer(() ->
                begins() ? operation.doOnError(this::pause).doFinally(signal -> probing.decrementAndGet()) : refused());
    }

    <T> Mono<T> refused() {
        return Mono.error(new SessionException.Unavailable(
                "Redis cannot be reached, or answered nothing within " + bound
                        + " (reactive-session.redis.timeout); it is not asked again before it is back",
                null));
    }

    private boolean begins() {
        if (nanos.getAsLong() - nextProbe.get() < 0) {
            return false;
        }
        if (probing.incrementAndGet() <= PROBES) {
            return true;
        }
        probing.decrementAndGet();
        return false;
    }

    private void pause(Throwable error) {
        nextProbe.set(nanos.getAsLong() + PAUSE.toNanos());
    }

    private void back() {
        away.set(false);
        if (reported.compareAndSet(true, false)) {
            LOG.info("Redis answers again");
        }
    }

    // The state of the connection. Failed operations are counted and said elsewhere.
    private void report(String what) {
        if (reported.compareAndSet(false, true)) {
            LOG.info("Redis {}: operations on sessions fail at once until it is back", what);
        }
    }
}
