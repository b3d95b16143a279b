package dev.reactivesession.test;

import dev.reactivesession.store.SessionStore;
import org.junit.jupiter.api.Nested;

/** All kits of a store at once, for a store that has every power, in itself or when asked. */
public abstract class AllPowersContract {

    /** For subclasses. */
    protected AllPowersContract() {}

    /**
     * The store under test, the same back end each time.
     *
     * @return a store that is ready
     */
    protected abstract SessionStore store();

    /**
     * The same store on another node: another instance, with connections and memory of its own, over the same back end.
     *
     * @return a store that is ready
     */
    protected abstract SessionStore secondNode();

    @Nested
    class Store extends SessionStoreContract {

        @Override
        protected SessionStore store() {
            return AllPowersContract.this.store();
        }

        @Override
        protected SessionStore secondNode() {
            return AllPowersContract.this.secondNode();
        }
    }

    @Nested
    class Expired extends ExpiredSessionsContract<AllPowers> {

        @Override
        protected AllPowers store() {
            return new AllPowers(AllPowersContract.this.store());
        }

        @Override
        protected AllPowers secondNode() {
            return new AllPowers(AllPowersContract.this.secondNode());
        }
    }

    @Nested
    class ByPrincipal extends SessionsByPrincipalContract<AllPowers> {

        @Override
        protected AllPowers store() {
            return new AllPowers(AllPowersContract.this.store());
        }

        @Override
        protected AllPowers secondNode() {
            return new AllPowers(AllPowersContract.this.secondNode());
        }
    }

    @Nested
    class All extends AllSessionsContract<AllPowers> {

        @Override
        protected AllPowers store() {
            return new AllPowers(AllPowersContract.this.store());
        }

        @Override
        protected AllPowers secondNode() {
            return new AllPowers(AllPowersContract.this.secondNode());
        }
    }
}
