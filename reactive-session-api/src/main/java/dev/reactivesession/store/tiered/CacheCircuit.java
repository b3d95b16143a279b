package dev.reactivesession.store.tiered;

import dev.reactivesession.store.tiered.TieredEvent.CacheFailed;
import dev.reactivesession.store.tiered.TieredEvent.CachePaused;
import dev.reactivesession.store.tiered.TieredEvent.CacheResumed;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Leaves a failing cache alone for a while, then lets one operation at a time find out whether it is back. */
final class CacheCircuit {

    private final TieredSettings settings;

    private final Clock clock;

    private final Consumer<TieredEvent> events;

    private final AtomicInteger failures = new AtomicInteger();

    private final AtomicReference<@Nullable Instant> nextTry = new AtomicReference<>();

    CacheCircuit(TieredSettings settings, Clock clock, Consumer<TieredEvent> events) {
        this.settings = settings;
        this.clock = clock;
        this.events = events;
    }

    boolean admits() {
        Instant paused = nextTry.get();
        if (paused == null) {
            return true;
        }
        Instant now = clock.instant();
        // the next try moves on at once, so that a cancelled one does not leave the cache unused for ever
        return !now.isBefore(paused) && nextTry.compareAndSet(paused, now.plus(settings.cachePause()));
    }

    void succeeded() {
        failures.set(0);
        Instant paused = nextTry.get();
        if (paused != null && nextTry.compareAndSet(paused, null)) {
            events.accept(new CacheResumed());
        }
    }

    void failed(Throwable cause) {
        events.accept(new CacheFailed(cause));
        boolean enough = failures.incrementAndGet() >= settings.cacheFailures();
        if (enough && nextTry.compareAndSet(null, clock.instant().plus(settings.cachePause()))) {
            events.accept(new CachePaused(settings.cachePause()));
        }
    }
}
