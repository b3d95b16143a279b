package dev.reactivesession.r2dbc;

import dev.reactivesession.store.SessionStore;
import dev.reactivesession.test.AllSessionsContract;
import dev.reactivesession.test.ExpiredSessionsContract;
import dev.reactivesession.test.SessionStoreContract;
import dev.reactivesession.test.SessionsByPrincipalContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole kit on PostgreSQL through a pool. */
@ExtendWith(NoDeadlocks.class)
class PostgresqlKitTest {

    private static final Nodes NODES = Nodes.over(() -> Postgresql.pool(10));

    @Nested
    class Store extends SessionStoreContract {

        @Override
        protected SessionStore store() {
            return NODES.one();
        }

        @Override
        protected SessionStore secondNode() {
            return NODES.other();
        }
    }

    @Nested
    class Expired extends ExpiredSessionsContract<R2dbcSessionStore> {

        @Override
        protected R2dbcSessionStore store() {
            return NODES.one();
        }

        @Override
        protected R2dbcSessionStore secondNode() {
            return NODES.other();
        }
    }

    @Nested
    class ByPrincipal extends SessionsByPrincipalContract<R2dbcSessionStore> {

        @Override
        protected R2dbcSessionStore store() {
            return NODES.one();
        }

        @Override
        protected R2dbcSessionStore secondNode() {
            return NODES.other();
        }
    }

    @Nested
    class All extends AllSessionsContract<R2dbcSessionStore> {

        @Override
        protected R2dbcSessionStore store() {
            return NODES.one();
        }

        @Override
        protected R2dbcSessionStore secondNode() {
            return NODES.other();
        }
    }
}
