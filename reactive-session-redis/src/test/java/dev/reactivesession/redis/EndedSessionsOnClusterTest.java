package dev.reactivesession.redis;

import dev.reactivesession.store.SessionStore;
import dev.reactivesession.test.web.EndedSessionsContract;
import io.lettuce.core.KillArgs;
import org.junit.jupiter.api.AfterEach;

/** Over a Cluster, in which a message reaches every node. */
class EndedSessionsOnClusterTest extends EndedSessionsContract {

    private static final RedisSessionSettings SETTINGS =
            RedisSessionSettings.defaults().withKeyPrefix("ended-sessions:");

    private final RedisConnections one = RedisConnections.of(Backend.cluster(), SETTINGS);

    private final RedisConnections other = RedisConnections.of(Backend.otherCluster(), SETTINGS);

    @Override
    protected SessionStore store() {
        return IndexedRedisSessionStore.create(one, SETTINGS);
    }

    @Override
    protected SessionStore secondNode() {
        return IndexedRedisSessionStore.create(other, SETTINGS);
    }

    @Override
    protected void cutChannel() {
        Backend.redisCluster()
                .nodes()
                .forEach(node -> node.with(redis -> redis.clientKill(KillArgs.Builder.typePubsub())));
    }

    @AfterEach
    void disconnect() {
        one.dispose();
        other.dispose();
    }
}
