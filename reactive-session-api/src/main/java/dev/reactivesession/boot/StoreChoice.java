package dev.reactivesession.boot;

import dev.reactivesession.SessionException;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SessionEngineBuilder;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.tiered.Invalidations;
import dev.reactivesession.store.tiered.TieredSessionStore;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.util.Logger;
import reactor.util.Loggers;

/** Chooses among what the modules on the class path offer: the one that is named, or else the only one, or else memory. */
final class StoreChoice {

    private static final Logger LOG = Loggers.getLogger(StoreChoice.class);

    private final List<StoreOffer> offers;

    private final SessionProperties properties;

    private final @Nullable StoreKind named;

    private final @Nullable NearCaching near;

    private final TieredEventListener listener;

    private final Clock clock;

    StoreChoice(
            List<StoreOffer> offers,
            SessionProperties properties,
            @Nullable NearCaching near,
            TieredEventListener listener,
            Clock clock) {
        this.offers = offers;
        this.properties = properties;
        this.named = properties.store();
        this.near = near;
        this.listener = listener;
        this.clock = clock;
    }

    SessionEngineBuilder engineOver(SessionStore own) {
        return SessionEngine.over(near == null ? own : near.before(own, Optional.empty()));
    }

    SessionEngineBuilder engine() {
        return named == null ? theOnlyOne() : engineOver(named);
    }

    private SessionEngineBuilder theOnlyOne() {
        if (offers.size() > 1) {
            throw new SessionException.Misconfigured(
                    "several session stores are on the class path (" + list(offers)
                            + "), and reactive-session.store does not say which one to use",
                    null);
        }
        if (offers.isEmpty()) {
            LOG.warn(
                    "Sessions are kept in memory: they are lost on a restart and not shared between nodes. Add one of the modules"
                            + " reactive-session-r2dbc, reactive-session-redis or reactive-session-cookie; or, if this is what you want, set"
                            + " reactive-session.store=memory.");
            return engineOver(StoreKind.MEMORY);
        }
        return engineOver(offers.get(0).kind());
    }

    private SessionEngineBuilder engineOver(StoreKind kind) {
        return switch (kind) {
            case MEMORY ->
                SessionEngine.over(new InMemorySessionStore(
                        asNear(kind, properties.memory().maxSessions())));
            case R2DBC, REDIS -> SessionEngine.over(shared(kept(kind).store().get(), kept(kind)));
            case COOKIE -> asNear(kind, sealed()).engine().get();
            case TIERED -> SessionEngine.over(shared(tiered(), kept(StoreKind.REDIS)));
        };
    }

    private SessionStore tiered() {
        return TieredSessionStore.of(
                        kept(StoreKind.REDIS).copies().get(),
                        kept(StoreKind.R2DBC).store().get())
                .settings(SettingsOf.tiered(properties.tiered()))
                .clock(clock)
                .events(event -> listener.onEvent(StoreKind.REDIS, event))
                .build();
    }

    private SessionStore shared(SessionStore store, StoreOffer.Kept offer) {
        if (near == null) {
            return store;
        }
        Optional<Invalidations> invalidations = offer.invalidations().get();
        return near.before(store, invalidations);
    }

    /** No copy is nearer than what never leaves this node. */
    private <T> T asNear(StoreKind kind, T what) {
        if (near != null) {
            throw new SessionException.Misconfigured(
                    "reactive-session.near-cache.size is set, but sessions are kept in '" + kind.setting()
                            + "', where reading costs no way over the network; remove it, or choose another"
                            + " reactive-session.store",
                    null);
        }
        return what;
    }

    private StoreOffer.Kept kept(StoreKind kind) {
        return (StoreOffer.Kept) offer(kind);
    }

    private StoreOffer.Sealed sealed() {
        return (StoreOffer.Sealed) offer(StoreKind.COOKIE);
    }

    private StoreOffer offer(StoreKind kind) {
        return offers.stream()
                .filter(offer -> offer.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new SessionException.Misconfigured(
                        "reactive-session.store is '" + chosen().setting() + "', but " + kind.module()
                                + " is not on the class path; add that dependency, or choose what there is: "
                                + list(offers),
                        null));
    }

    private StoreKind chosen() {
        return Objects.requireNonNull(named, "an offer that nobody named was found among the offers");
    }

    private static String list(List<StoreOffer> offers) {
        return offers.isEmpty()
                ? "memory"
                : offers.stream().map(offer -> offer.kind().setting()).sorted().collect(Collectors.joining(", "));
    }
}
