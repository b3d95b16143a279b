package dev.reactivesession.boot;

import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.tiered.Invalidations;
import dev.reactivesession.store.tiered.NearCache;
import dev.reactivesession.store.tiered.TieredSessionStore;
import dev.reactivesession.store.tiered.TieredSettings;
import dev.reactivesession.store.tiered.TieredStoreBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.util.Logger;
import reactor.util.Loggers;
import reactor.util.retry.Retry;

/**
 * Copies in the memory of this node, in front of the store that the nodes share; listens to the others for as long as
 * the application runs.
 */
final class NearCacheLifecycle implements SmartLifecycle {

    private static final Logger LOG = Loggers.getLogger(NearCacheLifecycle.class);

    private static final Duration KEPT_UNUSED = Duration.ofMinutes(5);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final long mostBytes;

    private final TieredSettings settings;

    private final Optional<Invalidations> own;

    private final TieredEventListener listener;

    private final Clock clock;

    private volatile @Nullable TieredSessionStore store;

    private volatile @Nullable Disposable following;

    NearCacheLifecycle(
            long mostBytes,
            TieredSettings settings,
            Optional<Invalidations> own,
            TieredEventListener listener,
            Clock clock) {
        this.mostBytes = mostBytes;
        this.settings = settings;
        this.own = own;
        this.listener = listener;
        this.clock = clock;
    }

    SessionStore before(SessionStore shared, Optional<Invalidations> offered) {
        TieredStoreBuilder builder = TieredSessionStore.of(NearCache.holding(mostBytes, KEPT_UNUSED), shared)
                .settings(settings)
                .clock(clock)
                .events(event -> listener.onEvent(StoreNames.MEMORY, event));
        own.or(() -> offered).ifPresent(builder::invalidations);
        TieredSessionStore near = builder.build();
        store = near;
        return near;
    }

    @Override
    public void start() {
        TieredSessionStore near = store;
        // it lives as long as the application context does: there is no other subscriber
        following = near == null
                ? null
                : near.followInvalidations()
                        .doOnError(error -> LOG.warn(
                                "what other nodes change is seen here after {}, until they can be heard again",
                                settings.maxAge(),
                                error))
                        .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE).maxBackoff(LONGEST_PAUSE))
                        .subscribe(nothing -> {}, error -> LOG.error("other nodes are not heard any more", error));
    }

    @Override
    public void stop() {
        Disposable current = following;
        if (current != null) {
            current.dispose();
            following = null;
        }
    }

    @Override
    public boolean isRunning() {
        return following != null;
    }
}
