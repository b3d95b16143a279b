package dev.reactivesession.store.tiered;

import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.TimeLimit;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/** The parts of a tiered store, put together once. */
final class Tiers {

    private final TieredSettings settings;

    private final Clock clock;

    private final RandomGenerator random;

    private final Scheduler scheduler;

    private final Consumer<TieredEvent> events;

    private final @Nullable Invalidations invalidations;

    private final SessionStore durable;

    private final GuardedCache cache;

    private final Distrust distrust;

    private final Trust trust;

    private final Debts debts;

    Tiers(TieredStoreBuilder parts) {
        settings = parts.settings;
        clock = parts.clock;
        random = parts.random;
        scheduler = parts.scheduler;
        events = parts.events;
        invalidations = parts.invalidations;
        distrust = new Distrust(settings, clock);
        trust = new Trust(settings, distrust);
        durable = new DurableStore(parts.durable, new TimeLimit(settings.durableTimeout(), parts.scheduler));
        cache = new GuardedCache(
                parts.cache,
                new TimeLimit(settings.cacheTimeout(), parts.scheduler),
                new CacheCircuit(settings, clock, events, distrust::everythingUntilNow));
        debts = new Debts(this);
    }

    TieredSettings settings() {
        return settings;
    }

    Instant now() {
        return clock.instant();
    }

    RandomGenerator random() {
        return random;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Consumer<TieredEvent> events() {
        return events;
    }

    @Nullable
    Invalidations invalidations() {
        return invalidations;
    }

    SessionStore durable() {
        return durable;
    }

    GuardedCache cache() {
        return cache;
    }

    Distrust distrust() {
        return distrust;
    }

    Trust trust() {
        return trust;
    }

    Debts debts() {
        return debts;
    }
}
