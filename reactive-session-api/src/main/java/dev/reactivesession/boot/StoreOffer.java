package dev.reactivesession.boot;

import dev.reactivesession.engine.SessionEngineBuilder;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.tiered.Invalidations;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A bean by which a back end says how to keep sessions. Its name is a value of {@code reactive-session.store}, so
 * that a store from outside is chosen like one of the library. Nothing is made before it is chosen: an offer needs no
 * server.
 *
 * <p>A back end also brings a file {@code META-INF/reactive-session-examples.properties}, with a working value for
 * each of its settings, for the messages about wrong ones.
 */
public sealed interface StoreOffer {

    /**
     * The name of this back end.
     *
     * @return lower case, as in {@code reactive-session.store=redis}
     */
    String name();

    /**
     * Where sessions are kept, for one line in the log. Asked for after the store was made.
     *
     * @return such as {@code Redis at localhost:6379}, without any password
     */
    Supplier<String> place();

    /**
     * A store, to which clients hold a key.
     *
     * @param name the name of this back end
     * @param place where sessions are kept, for the log
     * @param store makes it
     * @param copies makes a store for copies of the records of another store, apart from its own sessions
     * @param invalidations makes the channel on which nodes with copies tell each other what has changed, if there is
     * one
     */
    record Kept(
            String name,
            Supplier<String> place,
            Supplier<? extends SessionStore> store,
            Supplier<? extends SessionStore> copies,
            Supplier<Optional<Invalidations>> invalidations)
            implements StoreOffer {

        /** Checks the name. */
        public Kept {
            StoreNames.require(name);
        }

        /**
         * A store that does not announce changes.
         *
         * @param name the name of this back end
         * @param store makes it
         */
        public Kept(String name, Supplier<? extends SessionStore> store) {
            this(name, () -> name, store, store, Optional::empty);
        }

        /**
         * The same, with its place.
         *
         * @param told where sessions are kept, such as {@code Redis at localhost:6379}
         * @return a copy
         */
        public Kept at(Supplier<String> told) {
            return new Kept(name, told, store, copies, invalidations);
        }

        /**
         * The same, with a store of its own for copies.
         *
         * @param made makes a store for copies of the records of another store
         * @return a copy
         */
        public Kept withCopies(Supplier<? extends SessionStore> made) {
            return new Kept(name, place, store, made, invalidations);
        }

        /**
         * The same, with a channel on which nodes tell each other what has changed.
         *
         * @param made makes the channel
         * @return a copy
         */
        public Kept withInvalidations(Supplier<Invalidations> made) {
            return new Kept(name, place, store, copies, () -> Optional.of(made.get()));
        }
    }

    /**
     * Sessions that their clients hold themselves.
     *
     * @param name the name of this back end
     * @param place where sessions are kept, for the log
     * @param engine begins an engine that seals them
     */
    record Sealed(String name, Supplier<String> place, Supplier<SessionEngineBuilder> engine) implements StoreOffer {

        /** Checks the name. */
        public Sealed {
            StoreNames.require(name);
        }

        /**
         * Sessions that only their clients hold.
         *
         * @param name the name of this back end
         * @param engine begins an engine that seals them
         */
        public Sealed(String name, Supplier<SessionEngineBuilder> engine) {
            this(name, () -> "the cookie itself, sealed", engine);
        }
    }
}
