package dev.reactivesession.r2dbc;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole kit on PostgreSQL: on the store's own connections, where operations share statements, and on a pool. */
@ExtendWith(NoDeadlocks.class)
class PostgresqlKitTest {

    private static final Nodes LANES = Nodes.over(() -> Postgresql.pool(10));

    private static final Nodes FROM_OPTIONS = Nodes.over(() -> Postgresql.pool(10), Postgresql.options());

    private static final Nodes POOL = Nodes.over(() -> Postgresql.pool(10), settings -> settings.withConnections(0));

    @Nested
    class OnLanes extends RelationalKit {

        @Override
        Nodes nodes() {
            return LANES;
        }
    }

    /** Where results are binary. */
    @Nested
    class OnLanesMadeFromOptions extends RelationalKit {

        @Override
        Nodes nodes() {
            return FROM_OPTIONS;
        }
    }

    @Nested
    class OnAPool extends RelationalKit {

        @Override
        Nodes nodes() {
            return POOL;
        }
    }
}
