package dev.reactivesession.store.moving;

import dev.reactivesession.store.SessionSignals;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sends on the channels of both stores, so that nodes of every stage hear it, and listens to one. */
record MovingSignals(List<SessionSignals> channels, SessionSignals heard) implements SessionSignals {

    @Override
    public Mono<Void> publish(String message) {
        return Flux.fromIterable(channels)
                .flatMapDelayError(channel -> channel.publish(message), channels.size(), 1)
                .then();
    }

    @Override
    public Flux<Heard> received() {
        return heard.received();
    }
}
