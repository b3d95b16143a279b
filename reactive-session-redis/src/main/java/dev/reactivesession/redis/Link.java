package dev.reactivesession.redis;

import dev.reactivesession.SessionException;
import io.lettuce.core.api.StatefulConnection;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

/** A connection of ours, made when it is first asked for. Once made, Lettuce connects it again by itself. */
final class Link {

    /** How many commands may be under way at once. One more is refused, so that a frozen server costs no memory. */
    static final int MOST = 10_000;

    private final Callable<StatefulConnection<byte[], byte[]>> connect;

    private final Availability availability;

    private final Runnable failed;

    private final AtomicReference<@Nullable Mono<Link>> opening = new AtomicReference<>();

    private final AtomicInteger underWay = new AtomicInteger();

    private final AtomicBoolean asking = new AtomicBoolean();

    private volatile @Nullable StatefulConnection<byte[], byte[]> connection;

    /**
     * Connects to nothing yet.
     *
     * @param connect makes a connection; may block
     * @param availability is told of answers
     * @param failed is told when no connection could be made, whether or not a caller still waits for it
     */
    Link(Callable<StatefulConnection<byte[], byte[]>> connect, Availability availability, Runnable failed) {
        this.connect = connect;
        this.availability = availability;
        this.failed = failed;
    }

    boolean isOpen() {
        StatefulConnection<byte[], byte[]> current = connection;
        return current != null && current.isOpen();
    }

    /** Whether there was a connection, which is down at the moment. */
    boolean isDown() {
        StatefulConnection<byte[], byte[]> current = connection;
        return current != null && !current.isOpen();
    }

    /** Connects on a thread that may block, once for all who come meanwhile, and again after an error. */
    Mono<Link> opened() {
        return Mono.defer(() -> connection == null ? opening() : Mono.just(this));
    }

    /** Connects. Blocks meanwhile. */
    Link open() throws Exception {
        connection = connect.call();
        availability.answered();
        return this;
    }

    /** Sends a command over the connection, which has been made. */
    <T> Mono<T> send(Request<T> request) {
        return Mono.create(sink -> dispatch(request, sink));
    }

    /** Asks whether the server answers, unless it is being asked already. */
    void ask() {
        StatefulConnection<byte[], byte[]> current = connection;
        if (current != null && asking.compareAndSet(false, true)) {
            current.dispatch(new Ping(availability::answered, () -> asking.set(false)));
        }
    }

    void answered() {
        availability.answered();
    }

    void ended() {
        underWay.decrementAndGet();
    }

    private <T> void dispatch(Request<T> request, MonoSink<T> sink) {
        StatefulConnection<byte[], byte[]> current = connection;
        if (underWay.incrementAndGet() > MOST || current == null) {
            underWay.decrementAndGet();
            sink.error(new SessionException.Unavailable(
                    MOST + " commands wait for Redis on one connection already, and no more may", null));
            return;
        }
        Reply<T> reply = new Reply<>(request, this, sink);
        sink.onDispose(reply);
        current.dispatch(reply);
    }

    private Mono<Link> opening() {
        Mono<Link> mine = Mono.fromCallable(this::open)
                .subscribeOn(Schedulers.boundedElastic())
                .doOnError(this::forget)
                .cache();
        Mono<Link> known = opening.compareAndExchange(null, mine);
        return known == null ? mine : known;
    }

    private void forget(Throwable error) {
        opening.set(null);
        failed.run();
    }
}
