package dev.reactivesession.demo;

import dev.reactivesession.engine.SessionProbe;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** Counts the operations of the store for the request in whose context they happen. Sealed in the cookie, sessions have no store. */
@Component
@Profile("!cookie")
final class StoreCalls implements SessionProbe {

    @Override
    public <T> Mono<T> watch(Step step, Mono<T> work) {
        return step.isStoreOperation() ? Mono.deferContextual(context -> counted(context, work)) : work;
    }

    @Override
    public <T> Flux<T> watch(Step step, Flux<T> work) {
        return step.isStoreOperation() ? Flux.deferContextual(context -> counted(context, work)) : work;
    }

    private static <T> T counted(ContextView context, T work) {
        context.<AtomicInteger>getOrEmpty(StoreCalls.class).ifPresent(AtomicInteger::incrementAndGet);
        return work;
    }

    static Context countingInto(AtomicInteger calls, Context context) {
        return context.put(StoreCalls.class, calls);
    }
}
