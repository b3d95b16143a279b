package dev.reactivesession.boot;

import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionVault;
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
     */
    record Kept(StoreKind kind, Supplier<? extends SessionStore> store) implements StoreOffer {}

    /**
     * A vault that needs no store.
     *
     * @param kind what is offered
     * @param vault makes it
     */
    record Sealed(StoreKind kind, Supplier<? extends SessionVault> vault) implements StoreOffer {}
}
