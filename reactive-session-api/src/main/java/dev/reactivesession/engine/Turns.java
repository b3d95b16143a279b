package dev.reactivesession.engine;

import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Lets tasks run one after the other, in the order in which they were subscribed, whatever becomes of each. */
final class Turns {

    private final AtomicReference<Mono<Void>> last = new AtomicReference<>(Mono.empty());

    Mono<Void> inTurn(Mono<Void> task) {
        return Mono.defer(() -> {
            Sinks.Empty<Void> done = Sinks.empty();
            Mono<Void> before = last.getAndUpdate(earlier -> earlier.then(done.asMono()));
            return before.then(task).doFinally(signal -> done.tryEmitEmpty());
        });
    }
}
