package dev.reactivesession.engine;

import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.store.SessionSignals;
import dev.reactivesession.store.SessionSignals.Heard;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.Logger;
import reactor.util.Loggers;
import reactor.util.retry.Retry;

/**
 * The events of the other nodes, over one connection that is there while somebody listens, and is made again when it
 * breaks.
 */
final class OtherNodes {

    private static final Logger LOG = Loggers.getLogger(OtherNodes.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private static final int KEPT_FOR_A_SLOW_SUBSCRIBER = 1024;

    private final Flux<Word> words;

    private final Scheduler scheduler;

    private final AtomicBoolean broken = new AtomicBoolean();

    OtherNodes(SessionSignals signals, String self, Scheduler scheduler) {
        this.scheduler = scheduler;
        this.words = Flux.defer(signals::received)
                .concatWith(Mono.error(() -> new SessionException.Unavailable("the channel ended", null)))
                .concatMapIterable(heard -> words(heard, self))
                .doOnError(this::lost)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                        .maxBackoff(LONGEST_PAUSE)
                        .transientErrors(true)
                        .scheduler(scheduler))
                .share();
    }

    /** A thing to know of other nodes. */
    sealed interface Word {

        /** They are heard from now on; what they said before may be lost. */
        record Listening() implements Word {}

        /**
         * Something happened there.
         *
         * @param event what
         */
        record Told(SessionEvent event) implements Word {}
    }

    /** Never ends, and never fails. A subscriber must not be slow. */
    Flux<Word> words() {
        return words;
    }

    /** A slow subscriber loses the oldest. */
    Flux<SessionEvent> events() {
        return words.ofType(Word.Told.class)
                .map(Word.Told::event)
                .onBackpressureBuffer(KEPT_FOR_A_SLOW_SUBSCRIBER, dropped -> {}, BufferOverflowStrategy.DROP_OLDEST)
                .publishOn(scheduler, 1);
    }

    private List<Word> words(Heard heard, String self) {
        if (heard instanceof Heard.Message message) {
            return SignalText.events(message.text(), self).stream()
                    .<Word>map(Word.Told::new)
                    .toList();
        }
        if (broken.compareAndSet(true, false)) {
            LOG.info("other nodes are heard again");
        }
        return List.of(new Word.Listening());
    }

    private void lost(Throwable error) {
        if (broken.compareAndSet(false, true)) {
            LOG.warn(
                    "other nodes are not heard until the store can be reached: a session that ends there ends here at"
                            + " the next look at its record (reactive-session.ended.check-interval)",
                    error);
        } else {
            LOG.debug("other nodes are still not heard", error);
        }
    }
}
