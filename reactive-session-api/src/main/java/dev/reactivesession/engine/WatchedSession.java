package dev.reactivesession.engine;

import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.Logger;
import reactor.util.Loggers;

/** One session that streams of this node wait for. They share the looks at its record. */
final class WatchedSession {

    private static final Logger LOG = Loggers.getLogger(WatchedSession.class);

    private final Sinks.Many<Call> calls = Sinks.unsafe().many().replay().latestOrDefault(new Call(0, Duration.ZERO));

    private final Sinks.Empty<Void> closed = Sinks.empty();

    private final Mono<Duration> look;

    private final Duration interval;

    private final Scheduler scheduler;

    private final Flux<Void> end;

    private volatile int called;

    private volatile boolean seen;

    private int streams;

    /** A call for a look, and how long it may wait. */
    private record Call(int number, Duration delay) {}

    /** A pause after a look that found the session, and the last call before that look. */
    private record Pause(Duration length, int called) {}

    /**
     * A session to be watched.
     *
     * @param look how long until the next look; empty when the session has ended
     * @param interval the longest pause, and the one after a look that failed
     * @param atOnce whether the first look is made at once
     * @param following hears other nodes while it is subscribed to
     * @param scheduler where pauses run
     */
    WatchedSession(Mono<Duration> look, Duration interval, boolean atOnce, Flux<Void> following, Scheduler scheduler) {
        this.look = look;
        this.interval = interval;
        this.seen = atOnce;
        this.scheduler = scheduler;
        this.end = Flux.from(Mono.firstWithSignal(following.then(), closed.asMono(), looks(atOnce)))
                .share();
    }

    Mono<Void> ended() {
        return end.then();
    }

    private Mono<Void> looks(boolean atOnce) {
        Mono<Pause> first = atOnce ? looked() : Mono.fromSupplier(() -> new Pause(interval, called));
        return first.expand(pause -> over(pause).then(looked())).then();
    }

    private Mono<Pause> looked() {
        return Mono.defer(() -> {
            int before = called;
            return look.doOnNext(found -> seen = true)
                    // a store that is away ends no stream
                    .onErrorResume(this::away)
                    .map(length -> new Pause(length, before));
        });
    }

    private Mono<Void> over(Pause pause) {
        Mono<Long> called = calls.asFlux()
                .filter(call -> call.number() > pause.called())
                .next()
                .flatMap(call -> call.delay().isZero() ? Mono.just(0L) : Mono.delay(call.delay(), scheduler));
        return Mono.firstWithSignal(Mono.delay(pause.length(), scheduler), called)
                .then();
    }

    private Mono<Duration> away(Throwable error) {
        LOG.debug("the record of a session that a stream waits for could not be looked at", error);
        return Mono.just(interval);
    }

    /** There is a record from now on. */
    void stored() {
        seen = true;
        look();
    }

    void look() {
        call(Duration.ZERO);
    }

    /** For no reason of its own: a record that was never seen may not be stored yet. */
    void lookAgain(Duration delay) {
        if (seen) {
            call(delay);
        }
    }

    private synchronized void call(Duration delay) {
        called++;
        calls.tryEmitNext(new Call(called, delay));
    }

    void close() {
        closed.tryEmitEmpty();
    }

    /** Called while nothing else joins or leaves. */
    void join() {
        streams++;
    }

    /** Whether that was the last. */
    boolean leave() {
        streams--;
        return streams == 0;
    }
}
