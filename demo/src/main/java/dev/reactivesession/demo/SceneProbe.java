package dev.reactivesession.demo;

import dev.reactivesession.engine.SessionProbe;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Shows the store calls of a request to its lane, if it has one. */
@Component
@Profile("!cookie")
final class SceneProbe implements SessionProbe {

    @Override
    public <T> Mono<T> watch(Step step, Mono<T> work) {
        return step.isStoreOperation()
                ? Mono.deferContextual(context -> context.<Lane>getOrEmpty(Lane.class)
                        .map(lane -> lane.watch(step, work))
                        .orElse(work))
                : work;
    }

    @Override
    public <T> Flux<T> watch(Step step, Flux<T> work) {
        return work;
    }
}
