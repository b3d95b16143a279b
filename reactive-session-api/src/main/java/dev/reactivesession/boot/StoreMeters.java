package dev.reactivesession.boot;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.stream.Stream;

/** Shows the numbers that stores keep by themselves. */
final class StoreMeters {

    private final MeterRegistry registry;

    StoreMeters(MeterRegistry registry, Stream<StoreCounter> counters) {
        this.registry = registry;
        counters.forEach(this::register);
    }

    private void register(StoreCounter counter) {
        FunctionCounter.builder(counter.name(), counter, StoreCounter::count)
                .description(counter.description())
                .register(registry);
    }
}
