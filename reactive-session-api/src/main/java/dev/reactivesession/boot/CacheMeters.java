package dev.reactivesession.boot;

import dev.reactivesession.store.tiered.TieredEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Counts what caches answered, and why they could not. No tag has more values than there are caches, events and reasons. */
final class CacheMeters implements TieredEventListener {

    static final String EVENTS = "reactive.session.cache";

    private static final String NO_REASON = "none";

    private record Occasion(String cache, Class<? extends TieredEvent> event, String reason) {}

    private final MeterRegistry registry;

    private final ConcurrentMap<Occasion, Counter> counters = new ConcurrentHashMap<>();

    CacheMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void onEvent(String cache, TieredEvent event) {
        counters.computeIfAbsent(new Occasion(cache, event.getClass(), reason(event)), this::counter)
                .increment();
    }

    private static String reason(TieredEvent event) {
        return event instanceof TieredEvent.Miss miss
                ? TagValues.kebab(miss.reason().name())
                : NO_REASON;
    }

    private Counter counter(Occasion occasion) {
        return Counter.builder(EVENTS)
                .description("What caches answered, and why they could not")
                .tag("cache", occasion.cache())
                .tag("event", TagValues.name(occasion.event()))
                .tag("reason", occasion.reason())
                .register(registry);
    }
}
