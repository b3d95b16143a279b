package dev.reactivesession.r2dbc;

import dev.reactivesession.store.SessionStore;
import dev.reactivesession.test.web.EndedSessionsContract;
import org.junit.jupiter.api.Nested;

/** Over PostgreSQL: the server ends the connections that listen. */
class EndedSessionsOnPostgresqlTest {

    private static final Nodes OWN = Nodes.over(() -> Postgresql.pool(10));

    private static final Nodes POOL = Nodes.over(() -> Postgresql.pool(10), settings -> settings.withConnections(0));

    @Nested
    class OnItsOwnConnections extends Contract {

        OnItsOwnConnections() {
            super(OWN);
        }
    }

    @Nested
    class OnConnectionsOfAPool extends Contract {

        OnConnectionsOfAPool() {
            super(POOL);
        }
    }

    private abstract static class Contract extends EndedSessionsContract {

        private final Nodes nodes;

        Contract(Nodes nodes) {
            this.nodes = nodes;
        }

        @Override
        protected SessionStore store() {
            return nodes.one();
        }

        @Override
        protected SessionStore secondNode() {
            return nodes.other();
        }

        @Override
        protected void cutChannel() {
            new Sql(Postgresql.connections())
                    .number(
                            "select count(pg_terminate_backend(pid)) from pg_stat_activity where query like 'listen %'");
        }
    }
}
