package dev.reactivesession.boot;

import dev.reactivesession.store.tiered.TieredEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/**
 * Counts the answers of caches, and why they gave none. No tag has more values than there are caches, events and
 * reasons. All are there from the start, at zero, for the caches that are configured.
 */
final class CacheMeters implements TieredEventListener {

    static final String EVENTS = "reactive.session.cache";

    private static final String NO_REASON = "none";

    private record Occasion(String cache, Class<?> event, String reason) {}

    private final MeterRegistry registry;

    private final ConcurrentMap<Occasion, Counter> counters = new ConcurrentHashMap<>();

    CacheMeters(MeterRegistry registry, Collection<String> caches) {
        this.registry = registry;
        caches.forEach(cache -> TagValues.leaves(TieredEvent.class)
                .flatMap(event -> occasions(cache, event))
                .forEach(occasion -> counters.computeIfAbsent(occasion, this::counter)));
    }

    private static Stream<Occasion> occasions(String cache, Class<?> event) {
        return event == TieredEvent.Miss.class
                ? Stream.of(TieredEvent.Reason.values())
                        .map(reason -> new Occasion(cache, event, TagValues.kebab(reason.name())))
                : Stream.of(new Occasion(cache, event, NO_REASON));
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
                .description("Answers of caches, and why they gave none")
                .tag("cache", occasion.cache())
                .tag("event", TagValues.name(occasion.event()))
                .tag("reason", occasion.reason())
                .register(registry);
    }
}
