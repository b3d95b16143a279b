package dev.reactivesession.redis;

import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.tiered.TieredSessionStore;
import dev.reactivesession.test.web.EndedSessionsContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;

/** Over Redis in front of PostgreSQL, whose channel it is: the server ends the connections that listen. */
class EndedSessionsOnTiersTest extends EndedSessionsContract {

    private static final RedisSessionSettings SETTINGS =
            RedisSessionSettings.defaults().withKeyPrefix("ended-sessions-in-tiers:");

    private static final RedisConnections CACHE = RedisConnections.of(Backend.node(), SETTINGS);

    private static final RedisConnections OTHER_CACHE = RedisConnections.of(Backend.otherNode(), SETTINGS);

    @Override
    protected SessionStore store() {
        return tiers(CACHE);
    }

    @Override
    protected SessionStore secondNode() {
        return tiers(OTHER_CACHE);
    }

    private static SessionStore tiers(RedisConnections cache) {
        return TieredSessionStore.of(RedisSessionStore.create(cache, SETTINGS), Tiers.DURABLE.store())
                .build();
    }

    @Override
    protected void cutChannel() {
        try (Connection connection =
                        Tiers.DURABLE.server().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %'");
        } catch (SQLException e) {
            throw new IllegalStateException("the connections could not be cut", e);
        }
    }

    @AfterAll
    static void disconnect() {
        CACHE.dispose();
        OTHER_CACHE.dispose();
    }
}
