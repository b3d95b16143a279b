package dev.reactivesession.test.boot;

import dev.reactivesession.engine.SessionProbe;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Counts the calls of the engine to the store. */
final class StoreCalls implements SessionProbe {

    private final AtomicLong calls = new AtomicLong();

    @Override
    public <T> Mono<T> watch(Step step, Mono<T> work) {
        return step.isStoreOperation() ? work.doOnSubscribe(subscription -> calls.incrementAndGet()) : work;
    }

    @Override
    public <T> Flux<T> watch(Step step, Flux<T> work) {
        return step.isStoreOperation() ? work.doOnSubscribe(subscription -> calls.incrementAndGet()) : work;
    }

    long count() {
        return calls.get();
    }
}
