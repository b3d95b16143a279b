package dev.reactivesession.boot;

import dev.reactivesession.SessionException;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SessionEngineBuilder;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionVault;
import dev.reactivesession.store.tiered.TieredSessionStore;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Chooses among the offers of the modules on the class path: the one that is named, or else the only one, or else
 * memory.
 */
final class StoreChoice {

    private static final Logger LOG = Loggers.getLogger(StoreChoice.class);

    private final List<StoreOffer> offers;

    private final SessionProperties properties;

    private final FrameworkSettings boot;

    private final @Nullable NearCacheLifecycle near;

    private final TieredEventListener listener;

    private final Clock clock;

    private final MoveChoice move;

    StoreChoice(
            List<StoreOffer> offers,
            SessionProperties properties,
            FrameworkSettings boot,
            @Nullable NearCacheLifecycle near,
            TieredEventListener listener,
            Clock clock) {
        this.offers = offers;
        this.properties = properties;
        this.boot = boot;
        this.near = near;
        this.listener = listener;
        this.clock = clock;
        this.move = new MoveChoice(properties.moving(), offers);
    }

    /** The store of the application itself, which needs no offer. */
    ChosenStore own(SessionStore store) {
        SessionStore joined = move.joined(store, "");
        SessionStore used = near == null ? joined : near.before(joined, Optional.empty());
        return new ChosenStore(
                move.place("your bean of type " + store.getClass().getName()),
                notChosen(),
                SessionEngine.over(used),
                store instanceof InMemorySessionStore memory ? memory : null);
    }

    ChosenStore own(SessionVault vault) {
        move.requireNone("your bean of type " + vault.getClass().getName());
        return new ChosenStore(
                "your bean of type " + vault.getClass().getName(), notChosen(), SessionEngine.sealing(vault));
    }

    ChosenStore choose() {
        String named = properties.store();
        return named(named == null ? theOnlyOne() : named.toLowerCase(Locale.ROOT));
    }

    private String theOnlyOne() {
        List<StoreOffer> left =
                offers.stream().filter(offer -> !move.taken().contains(offer)).toList();
        if (left.size() == 1) {
            return left.get(0).name();
        }
        if (offers.size() > 1) {
            throw new SessionException.Misconfigured(
                    "several session stores are on the class path (" + names(offers)
                            + "), and reactive-session.store does not say which one to use",
                    null);
        }
        if (offers.isEmpty()) {
            LOG.warn(
                    "Sessions are kept in memory: they are lost on a restart and not shared between nodes. Add one of"
                            + " {};"
                            + " or, if memory is intended, set reactive-session.store=memory.",
                    StoreNames.starters());
            return StoreNames.MEMORY;
        }
        return offers.get(0).name();
    }

    private ChosenStore named(String name) {
        return switch (name) {
            case StoreNames.MEMORY -> memory();
            case StoreNames.TIERED -> tiered();
            default -> offered(offer(name, name));
        };
    }

    private ChosenStore memory() {
        requireNoNearCache(StoreNames.MEMORY);
        move.requireNone(StoreNames.MEMORY);
        InMemorySessionStore store = new InMemorySessionStore(SettingsMapping.maxSessions(properties.memory(), boot));
        return new ChosenStore(ChosenStore.MEMORY, notChosen(), SessionEngine.over(store), store);
    }

    private ChosenStore tiered() {
        StoreOffer.Kept cache = kept(StoreNames.CACHE);
        StoreOffer.Kept durable = kept(StoreNames.DURABLE);
        SessionStore copies = cache.copies().get();
        SessionStore store = TieredSessionStore.of(
                        copies, move.joined(durable.store().get(), durable.name()))
                .settings(SettingsMapping.tiered(properties.tiered()))
                .clock(clock)
                .events(event -> listener.onEvent(cache.name(), event))
                .build();
        String place = move.place(durable.place().get()) + ", copies in "
                + cache.place().get();
        return new ChosenStore(place, notChosen(cache, durable), SessionEngine.over(shared(store, cache)));
    }

    private ChosenStore offered(StoreOffer offer) {
        if (offer instanceof StoreOffer.Sealed sealed) {
            requireNoNearCache(sealed.name());
            move.requireNone(sealed.name());
            SessionEngineBuilder engine = sealed.engine().get();
            return new ChosenStore(sealed.place().get(), notChosen(sealed), engine);
        }
        StoreOffer.Kept kept = (StoreOffer.Kept) offer;
        SessionStore joined = move.joined(kept.store().get(), kept.name());
        return new ChosenStore(
                move.place(kept.place().get()), notChosen(kept), SessionEngine.over(shared(joined, kept)));
    }

    private List<String> notChosen(StoreOffer... taken) {
        return offers.stream()
                .filter(offer ->
                        !List.of(taken).contains(offer) && !move.taken().contains(offer))
                .map(StoreOffer::name)
                .sorted()
                .toList();
    }

    private SessionStore shared(SessionStore store, StoreOffer.Kept offer) {
        return near == null ? store : near.before(store, offer.invalidations().get());
    }

    /** No copy is nearer than a session that never leaves this node. */
    private void requireNoNearCache(String name) {
        if (near != null) {
            throw new SessionException.Misconfigured(
                    "reactive-session.near-cache.size is set, but sessions are kept in '" + name
                            + "', where reading costs no way over the network; remove it, or choose another"
                            + " reactive-session.store",
                    null);
        }
    }

    private StoreOffer.Kept kept(String name) {
        return (StoreOffer.Kept) offer(StoreNames.TIERED, name);
    }

    private StoreOffer offer(String chosen, String needed) {
        return offers.stream()
                .filter(offer -> offer.name().equals(needed))
                .findFirst()
                .orElseThrow(() -> StoreNames.absent(chosen, needed, offers));
    }

    private static String names(List<StoreOffer> offers) {
        return offers.stream().map(StoreOffer::name).sorted().collect(Collectors.joining(", "));
    }
}
