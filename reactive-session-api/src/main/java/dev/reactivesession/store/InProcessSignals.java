package dev.reactivesession.store;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Messages within this process, for a store whose sessions no other process can see. Loses none. */
public final class InProcessSignals implements SessionSignals {

    private final Sinks.Many<Heard> sink = Sinks.unsafe().many().multicast().directBestEffort();

    /** Makes a channel without listeners. */
    public InProcessSignals() {}

    @Override
    public Mono<Void> publish(String message) {
        return Mono.fromRunnable(() -> emit(new Heard.Message(message)));
    }

    private synchronized void emit(Heard message) {
        sink.tryEmitNext(message);
    }

    @Override
    public Flux<Heard> received() {
        return sink.asFlux().onBackpressureBuffer().mergeWith(Mono.just(new Heard.Listening()));
    }
}
