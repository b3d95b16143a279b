package dev.reactivesession.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reactivesession.SessionEvent;
import dev.reactivesession.engine.SignalSettings.Carried;
import dev.reactivesession.store.SessionSignals;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Tells the other nodes of events, and holds nothing up: those that happen while a message is on its way leave together
 * with the next. Bounded. What is lost here is found out by a look at the record.
 */
final class SignalRelay {

    private static final Logger LOG = Loggers.getLogger(SignalRelay.class);

    private static final int MOST_WAITING = 10_000;

    /** Leaves room for one line more. */
    private static final int FULL = SessionSignals.LARGEST_MESSAGE / 2;

    private final SessionSignals signals;

    private final Carried carried;

    private final String header;

    private final StoreGuard guard;

    private final Queue<String> waiting = new ConcurrentLinkedQueue<>();

    private final AtomicInteger count = new AtomicInteger();

    private final AtomicInteger untold = new AtomicInteger();

    private final AtomicBoolean failing = new AtomicBoolean();

    SignalRelay(SessionSignals signals, Carried carried, String node, StoreGuard guard) {
        this.signals = signals;
        this.carried = carried;
        this.header = SignalText.header(node);
        this.guard = guard;
    }

    void tell(SessionEvent event) {
        SignalText.line(event, carried).ifPresent(this::enqueue);
    }

    private void enqueue(String line) {
        if (count.incrementAndGet() > MOST_WAITING) {
            count.decrementAndGet();
            failed(new IllegalStateException("more than " + MOST_WAITING + " events wait to be told"));
            return;
        }
        waiting.add(line);
        if (untold.getAndIncrement() == 0) {
            // on its own: the request that ended the session does not wait for it
            messages().subscribe(nothing -> {}, this::failed);
        }
    }

    private Mono<Void> messages() {
        AtomicInteger seen = new AtomicInteger();
        return Mono.defer(() -> {
                    seen.set(untold.get());
                    return waiting.isEmpty() ? Mono.empty() : guard.inTime(signals.publish(message()));
                })
                .doOnSuccess(sent -> failing.set(false))
                .onErrorResume(error -> Mono.fromRunnable(() -> failed(error)))
                .repeat(() -> !waiting.isEmpty() || untold.addAndGet(-seen.get()) != 0)
                .then();
    }

    private String message() {
        StringBuilder message = new StringBuilder(header);
        int bytes = 0;
        for (String line = waiting.poll(); line != null; line = bytes < FULL ? waiting.poll() : null) {
            count.decrementAndGet();
            message.append('\n').append(line);
            bytes += line.getBytes(UTF_8).length + 1;
        }
        return message.toString();
    }

    private void failed(Throwable error) {
        if (failing.compareAndSet(false, true)) {
            LOG.warn(
                    "other nodes could not be told of sessions that ended here: a stream there ends at its next look"
                            + " at the record (reactive-session.ended.check-interval)",
                    error);
        } else {
            LOG.debug("other nodes could not be told either", error);
        }
    }
}
