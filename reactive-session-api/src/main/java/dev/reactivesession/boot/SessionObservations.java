package dev.reactivesession.boot;

import dev.reactivesession.engine.SessionProbe;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * An observation around loading and one around committing a session, within that of the request; what a driver
 * observes is within them.
 */
final class SessionObservations implements SessionProbe {

    static final String PREFIX = "reactive.session.";

    private final ObservationRegistry registry;

    SessionObservations(ObservationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public <T> Mono<T> watch(Step step, Mono<T> work) {
        return step.isStoreOperation() || registry.isNoop()
                ? work
                : Mono.deferContextual(context -> observed(work, begin(step, context)));
    }

    private Observation begin(Step step, ContextView context) {
        String name = step.name().toLowerCase(Locale.ROOT);
        @Nullable Observation parent = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
        return Observation.createNotStarted(PREFIX + name, registry)
                .contextualName("session " + name)
                .parentObservation(parent)
                .start();
    }

    private static <T> Mono<T> observed(Mono<T> work, Observation observation) {
        return work.doOnError(observation::error)
                .doOnTerminate(observation::stop)
                .doOnCancel(observation::stop)
                .contextWrite(context -> context.put(ObservationThreadLocalAccessor.KEY, observation));
    }

    /** Only operations of a store have many results. */
    @Override
    public <T> Flux<T> watch(Step step, Flux<T> work) {
        return work;
    }
}
