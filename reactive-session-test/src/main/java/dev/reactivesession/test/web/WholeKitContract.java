package dev.reactivesession.test.web;

import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SessionEngineBuilder;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.test.AllPowersContract;
import org.junit.jupiter.api.Nested;

/** The whole kit for a store that has every power: the store itself, and requests that use it. */
public abstract class WholeKitContract extends AllPowersContract {

    /** For subclasses. */
    protected WholeKitContract() {}

    @Nested
    class RequestsThatMeet extends MeetingRequestsContract {

        @Override
        protected SessionStore store() {
            return WholeKitContract.this.store();
        }

        @Override
        protected SessionStore secondNode() {
            return WholeKitContract.this.secondNode();
        }
    }

    @Nested
    class Features extends SessionFeaturesContract {

        @Override
        protected SessionEngineBuilder engine() {
            return SessionEngine.over(store());
        }

        @Override
        protected SessionEngineBuilder engineOfSecondNode() {
            return SessionEngine.over(secondNode());
        }
    }
}
