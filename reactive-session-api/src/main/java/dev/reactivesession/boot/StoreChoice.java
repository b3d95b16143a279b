package dev.reactivesession.boot;

import dev.reactivesession.SessionException;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SessionEngineBuilder;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionVault;
import dev.reactivesession.store.tiered.TieredSessionStore;
import dev.reactivesession.store.tiered.TieredSettings;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.util.Logger;
import reactor.util.Loggers;

/** Chooses among what the modules on the class path offer: the one that is named, or else the only one, or else memory. */
final class StoreChoice {

    private static final Logger LOG = Loggers.getLogger(StoreChoice.class);

    private final List<StoreOffer> offers;

    private final @Nullable StoreKind named;

    private final int mostInMemory;

    private final TieredSettings tiered;

    private final Clock clock;

    StoreChoice(List<StoreOffer> offers, SessionProperties properties, Clock clock) {
        this.offers = offers;
        this.named = properties.store();
        this.mostInMemory = properties.memory().maxSessions();
        this.tiered = SettingsOf.tiered(properties.tiered());
        this.clock = clock;
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
            case MEMORY -> SessionEngine.over(new InMemorySessionStore(mostInMemory));
            case R2DBC, REDIS -> SessionEngine.over(store(kind));
            case COOKIE -> SessionEngine.sealing(vault());
            case TIERED ->
                SessionEngine.over(TieredSessionStore.of(store(StoreKind.REDIS), store(StoreKind.R2DBC))
                        .settings(tiered)
                        .clock(clock)
                        .build());
        };
    }

    private SessionStore store(StoreKind kind) {
        return ((StoreOffer.Kept) offer(kind)).store().get();
    }

    private SessionVault vault() {
        return ((StoreOffer.Sealed) offer(StoreKind.COOKIE)).vault().get();
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
