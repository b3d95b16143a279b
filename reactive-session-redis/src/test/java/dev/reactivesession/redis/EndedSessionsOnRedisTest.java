package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.store.SessionStore;
import dev.reactivesession.test.web.EndedSessionsContract;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import org.junit.jupiter.api.AfterEach;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Over one Redis: the server closes the connections that listen. */
class EndedSessionsOnRedisTest extends EndedSessionsContract {

    private static final RedisSessionSettings SETTINGS =
            RedisSessionSettings.defaults().withKeyPrefix("ended-sessions:");

    private final RedisConnections one = RedisConnections.of(Backend.node(), SETTINGS);

    private final RedisConnections other = RedisConnections.of(Backend.otherNode(), SETTINGS);

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
        LettuceConnectionFactory node = Backend.node();
        try (RedisClient client = RedisClient.create(RedisURI.create(node.getHostName(), node.getPort()));
                StatefulRedisConnection<String, String> connection = client.connect()) {
            assertThat(connection.sync().clientKill(KillArgs.Builder.typePubsub()))
                    .isPositive();
        }
    }

    @AfterEach
    void disconnect() {
        one.dispose();
        other.dispose();
    }
}
