package dev.reactivesession.r2dbc;

import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SessionEngineBuilder;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.test.AllSessionsContract;
import dev.reactivesession.test.ExpiredSessionsContract;
import dev.reactivesession.test.SessionStoreContract;
import dev.reactivesession.test.SessionsByPrincipalContract;
import dev.reactivesession.test.web.MeetingRequestsContract;
import dev.reactivesession.test.web.SessionFeaturesContract;
import org.junit.jupiter.api.Nested;

/** The whole kit on two nodes over one table. */
abstract class RelationalKit {

    /** The nodes, the same for each test of a class. */
    abstract Nodes nodes();

    @Nested
    class Store extends SessionStoreContract {

        @Override
        protected SessionStore store() {
            return nodes().one();
        }

        @Override
        protected SessionStore secondNode() {
            return nodes().other();
        }
    }

    @Nested
    class Expired extends ExpiredSessionsContract<R2dbcSessionStore> {

        @Override
        protected R2dbcSessionStore store() {
            return nodes().one();
        }

        @Override
        protected R2dbcSessionStore secondNode() {
            return nodes().other();
        }
    }

    @Nested
    class ByPrincipal extends SessionsByPrincipalContract<R2dbcSessionStore> {

        @Override
        protected R2dbcSessionStore store() {
            return nodes().one();
        }

        @Override
        protected R2dbcSessionStore secondNode() {
            return nodes().other();
        }
    }

    @Nested
    class All extends AllSessionsContract<R2dbcSessionStore> {

        @Override
        protected R2dbcSessionStore store() {
            return nodes().one();
        }

        @Override
        protected R2dbcSessionStore secondNode() {
            return nodes().other();
        }
    }

    @Nested
    class RequestsThatMeet extends MeetingRequestsContract {

        @Override
        protected SessionStore store() {
            return nodes().one();
        }

        @Override
        protected SessionStore secondNode() {
            return nodes().other();
        }
    }

    @Nested
    class Features extends SessionFeaturesContract {

        @Override
        protected SessionEngineBuilder engine() {
            return SessionEngine.over(nodes().one());
        }

        @Override
        protected SessionEngineBuilder engineOfSecondNode() {
            return SessionEngine.over(nodes().other());
        }
    }
}
