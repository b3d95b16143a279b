package dev.reactivesession.store.tiered;

import dev.reactivesession.store.AllSessions;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.SessionSignals;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionsByPrincipal;
import dev.reactivesession.store.TimeLimit;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Gathers the parts of a {@link TieredSessionStore}; every part has a default. */
public final class TieredStoreBuilder {

    private final SessionStore cache;

    private final SessionStore durable;

    private TieredSettings settings = TieredSettings.defaults();

    private Clock clock = Clock.systemUTC();

    private Scheduler scheduler = Schedulers.parallel();

    private Consumer<TieredEvent> events = event -> {};

    private @Nullable Invalidations invalidations;

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
     * @return the store
     */
    public TieredSessionStore build() {
        TimeLimit cacheLimit = new TimeLimit(settings.cacheTimeout(), scheduler);
        GuardedCache guarded = new GuardedCache(cache, cacheLimit, new CacheCircuit(settings, clock, events));
        SeenVersions seen = new SeenVersions(clock, settings.memory());
        HeardChanges heard = invalidations == null ? HeardChanges.none() : HeardChanges.ofOthers();
        DurableStore bounded = new DurableStore(durable, new TimeLimit(settings.durableTimeout(), scheduler));
        Copies copies = new Copies(guarded, clock, settings.memory());
        CopyPolicy policy = new CopyPolicy(settings, seen, heard);
        Announcements announcements = new Announcements(invalidations, cacheLimit, events);
        WriteThrough writes = new WriteThrough(bounded, copies, policy, seen, clock, announcements);
        ReadThrough reads = new ReadThrough(bounded, copies, policy, seen, clock, events);
        return new TieredSessionStore(reads, writes, powers(guarded, writes, seen), heard, invalidations, clock);
    }

    private List<Object> powers(GuardedCache guarded, WriteThrough writes, SeenVersions seen) {
        return Stream.<Optional<?>>of(
                        durable.power(ExpiredSessions.class).map(power -> new TieredExpiredSessions(power, guarded)),
                        durable.power(SessionsByPrincipal.class)
                                .map(power -> new TieredSessionsByPrincipal(power, writes)),
                        durable.power(AllSessions.class)
                                .map(power -> new TieredAllSessions(power, durable, guarded, writes, seen, clock)),
                        durable.power(SessionSignals.class))
                .<Object>flatMap(Optional::stream)
                .toList();
    }
}
