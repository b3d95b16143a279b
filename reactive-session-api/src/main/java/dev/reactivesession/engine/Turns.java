package dev.reactivesession.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Lets tasks run one after the other, in the order in which they were subscribed, whatever becomes of each. */
final class Turns {

    private final AtomicReference<Mono<Void>> last = new AtomicReference<>(Mono.empty());

    private final AtomicInteger unfinished = new AtomicInteger();

    /** Whether there is nobody to wait for. */
    boolean areFree() {
        return unfinished.get() == 0;
    }

    Mono<Void> inTurn(Mono<Void> task) {
        return Mono.defer(() -> {
            Sinks.Empty<Void> done = Sinks.empty();
            unfinished.incrementAndGet();
            Mono<Void> before = last.getAndUpdate(earlier -> earlier.then(done.asMono()));
            return before.then(task).doFinally(signal -> {
                unfinished.decrementAndGet();
                done.tryEmitEmpty();
            });
        });
    }
}
