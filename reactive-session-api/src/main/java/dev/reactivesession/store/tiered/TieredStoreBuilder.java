package dev.reactivesession.store.tiered;

import dev.reactivesession.store.SessionStore;
import java.time.Clock;
import java.util.Random;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Gathers the parts of a {@link TieredSessionStore}; every part has a default. */
public final class TieredStoreBuilder {

    final SessionStore cache;

    final SessionStore durable;

    TieredSettings settings = TieredSettings.defaults();

    Clock clock = Clock.systemUTC();

    Scheduler scheduler = Schedulers.parallel();

    RandomGenerator random = new Random();

    Consumer<TieredEvent> events = event -> {};

    @Nullable
    Invalidations invalidations;

    TieredStoreBuilder(SessionStore cache, SessionStore durable) {
        this.cache = cache;
        this.durable = durable;
    }

    /**
     * The bounds.
     *
     * @param choice the settings
     * @return this
     */
    public TieredStoreBuilder settings(TieredSettings choice) {
        settings = choice;
        return this;
    }

    /**
     * The clock that decides about every deadline of the sessions.
     *
     * @param choice the clock
     * @return this
     */
    public TieredStoreBuilder clock(Clock choice) {
        clock = choice;
        return this;
    }

    /**
     * Where timeouts run.
     *
     * @param choice the scheduler
     * @return this
     */
    public TieredStoreBuilder scheduler(Scheduler choice) {
        scheduler = choice;
        return this;
    }

    /**
     * Where the stamps of leases come from. They are no secrets, but must differ between nodes.
     *
     * @param choice a generator for any number of threads
     * @return this
     */
    public TieredStoreBuilder random(RandomGenerator choice) {
        random = choice;
        return this;
    }

    /**
     * Told of every event at once, on the thread where it happens; must neither block nor fail.
     *
     * @param choice the listener
     * @return this
     */
    public TieredStoreBuilder events(Consumer<TieredEvent> choice) {
        events = choice;
        return this;
    }

    /**
     * Tells other nodes of every write, for a cache that is in each process.
     *
     * @param choice how; {@link TieredSessionStore#followInvalidations} is the other half
     * @return this
     */
    public TieredStoreBuilder invalidations(Invalidations choice) {
        invalidations = choice;
        return this;
    }

    /**
     * Puts the parts together.
     *
     * @return a store with the optional powers of the durable one
     */
    public TieredSessionStore build() {
        return PoweredTieredStore.with(new Tiers(this), cache, durable);
    }
}
