package dev.reactivesession.boot;

import dev.reactivesession.engine.SessionEngineBuilder;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.tiered.Invalidations;
import java.util.Optional;
import java.util.function.Supplier;

/** What a module on the class path offers to keep sessions in. It is made only when it is chosen, so that an offer needs no server. */
public sealed interface StoreOffer {

    /**
     * What is offered.
     *
     * @return the kind, as {@code reactive-session.store} names it
     */
    StoreKind kind();

    /**
     * A store, to which clients hold a key.
     *
     * @param kind what is offered
     * @param store makes it
     * @param copies makes one that holds copies of the records of another store, apart from sessions of its own
     * @param invalidations makes what tells nodes with copies of their own which sessions have changed, where the store can do that
     */
    record Kept(
            StoreKind kind,
            Supplier<? extends SessionStore> store,
            Supplier<? extends SessionStore> copies,
            Supplier<Optional<Invalidations>> invalidations)
            implements StoreOffer {

        /**
         * A store that tells nobody what has changed.
         *
         * @param kind what is offered
         * @param store makes it
         */
        public Kept(StoreKind kind, Supplier<? extends SessionStore> store) {
            this(kind, store, store, Optional::empty);
        }
    }

    /**
     * Sessions that their clients hold themselves.
     *
     * @param kind what is offered
     * @param engine begins an engine that seals them
     */
    record Sealed(StoreKind kind, Supplier<SessionEngineBuilder> engine) implements StoreOffer {}
}
