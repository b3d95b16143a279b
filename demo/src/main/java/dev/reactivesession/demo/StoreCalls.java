package dev.reactivesession.demo;

import dev.reactivesession.engine.SessionProbe;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** Counts the store operations of each request. Sealed in the cookie, sessions have no store. */
@Component
@Profile("!cookie")
final class StoreCalls implements SessionProbe {

    @Override
    public <T> Mono<T> watch(Step step, Mono<T> work) {
        return step.isStoreOperation() ? Mono.deferContextual(context -> counted(step, context, work)) : work;
    }

    @Override
    public <T> Flux<T> watch(Step step, Flux<T> work) {
        return step.isStoreOperation() ? Flux.deferContextual(context -> counted(step, context, work)) : work;
    }

    private static <T> T counted(Step step, ContextView context, T work) {
        context.<Tally>getOrEmpty(StoreCalls.class).ifPresent(tally -> tally.count(step));
        return work;
    }

    static Context countingInto(Tally tally, Context context) {
        return context.put(StoreCalls.class, tally);
    }
}
