package dev.reactivesession.redis;

import dev.reactivesession.store.SessionStore;
import dev.reactivesession.test.AllSessionsContract;
import dev.reactivesession.test.ExpiredSessionsContract;
import dev.reactivesession.test.SessionStoreContract;
import dev.reactivesession.test.SessionsByPrincipalContract;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The whole kit on a Cluster, with and without the index. */
class RedisClusterKitTest {

    /** A busy machine is no outage. */
    private static final RedisSessionSettings PATIENT =
            RedisSessionSettings.defaults().withTimeout(Duration.ofSeconds(20));

    private static RedisSessionStore plain(LettuceConnectionFactory connections) {
        return RedisSessionStore.create(connections, PATIENT);
    }

    private static IndexedRedisSessionStore indexed(LettuceConnectionFactory connections) {
        return IndexedRedisSessionStore.create(connections, PATIENT);
    }

    @Nested
    class Plain extends SessionStoreContract {

        @Override
        protected SessionStore store() {
            return plain(Backend.cluster());
        }

        @Override
        protected SessionStore secondNode() {
            return plain(Backend.otherCluster());
        }
    }

    @Nested
    class Indexed extends SessionStoreContract {

        @Override
        protected SessionStore store() {
            return indexed(Backend.cluster());
        }

        @Override
        protected SessionStore secondNode() {
            return indexed(Backend.otherCluster());
        }
    }

    @Nested
    class Expired extends ExpiredSessionsContract<IndexedRedisSessionStore> {

        @Override
        protected IndexedRedisSessionStore store() {
            return indexed(Backend.cluster());
        }

        @Override
        protected IndexedRedisSessionStore secondNode() {
            return indexed(Backend.otherCluster());
        }
    }

    @Nested
    class ByPrincipal extends SessionsByPrincipalContract<IndexedRedisSessionStore> {

        @Override
        protected IndexedRedisSessionStore store() {
            return indexed(Backend.cluster());
        }

        @Override
        protected IndexedRedisSessionStore secondNode() {
            return indexed(Backend.otherCluster());
        }
    }

    @Nested
    class All extends AllSessionsContract<IndexedRedisSessionStore> {

        @Override
        protected IndexedRedisSessionStore store() {
            return indexed(Backend.cluster());
        }

        @Override
        protected IndexedRedisSessionStore secondNode() {
            return indexed(Backend.otherCluster());
        }
    }
}
