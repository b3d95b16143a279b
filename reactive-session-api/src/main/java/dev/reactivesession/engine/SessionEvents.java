package dev.reactivesession.engine;

import dev.reactivesession.SessionEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
import reactor.core.Exceptions;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.Logger;
import reactor.util.Loggers;

/** Tells listeners and streams about sessions, and waits for none of them. */
final class SessionEvents {

    private static final Logger LOG = Loggers.getLogger(SessionEvents.class);

    private static final int KEPT_FOR_A_SLOW_SUBSCRIBER = 1024;

    private final Sinks.Many<SessionEvent> sink =
            Sinks.unsafe().many().multicast().directBestEffort();

    private final Consumer<SessionEvent> listener;

    private final Nodes nodes;

    private final Scheduler scheduler;

    private final Clock clock;

    /**
     * Tells of events.
     *
     * @param listener the listeners of the application
     * @param nodes the other nodes, and the streams of this one that wait for an end
     * @param scheduler where streams run
     * @param clock the clock of the application
     */
    SessionEvents(Consumer<SessionEvent> listener, Nodes nodes, Scheduler scheduler, Clock clock) {
        this.listener = listener;
        this.nodes = nodes;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** A listener that fails, with an error of whatever kind, fails no request. */
    void publish(SessionEvent event) {
        try {
            listener.accept(event);
        } catch (Throwable error) {
            Exceptions.throwIfJvmFatal(error);
            LOG.warn(
                    "a listener of session events failed on {}",
                    event.getClass().getSimpleName(),
                    error);
        }
        nodes.happened(event);
        if (sink.currentSubscriberCount() > 0) {
            emit(event);
        }
    }

    private synchronized void emit(SessionEvent event) {
        sink.tryEmitNext(event);
    }

    Flux<SessionEvent> stream() {
        return sink.asFlux()
                .onBackpressureBuffer(KEPT_FOR_A_SLOW_SUBSCRIBER, dropped -> {}, BufferOverflowStrategy.DROP_OLDEST)
                .publishOn(scheduler, 1);
    }

    Flux<SessionEvent> streamOfAllNodes() {
        return nodes.events(stream());
    }
}
