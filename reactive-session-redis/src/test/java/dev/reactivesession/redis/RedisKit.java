package dev.reactivesession.redis;

import dev.reactivesession.store.SessionStore;
import dev.reactivesession.test.SessionStoreContract;
import dev.reactivesession.test.web.WholeKitContract;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The whole kit on two nodes over one Redis, with and without the index. */
abstract class RedisKit extends WholeKitContract {

    /** A busy machine is no outage. */
    private static final RedisSessionSettings PATIENT =
            RedisSessionSettings.defaults().withTimeout(Duration.ofSeconds(20));

    /** The connections of two nodes, the same for each test of a class. */
    record Nodes(RedisConnections one, RedisConnections other) {

        static Nodes over(LettuceConnectionFactory one, LettuceConnectionFactory other) {
            return new Nodes(RedisConnections.of(one, PATIENT), RedisConnections.of(other, PATIENT));
        }

        void disconnect() {
            one.dispose();
            other.dispose();
        }
    }

    abstract Nodes nodes();

    @Override
    protected SessionStore store() {
        return IndexedRedisSessionStore.create(nodes().one(), PATIENT);
    }

    @Override
    protected SessionStore secondNode() {
        return IndexedRedisSessionStore.create(nodes().other(), PATIENT);
    }

    @Nested
    class Plain extends SessionStoreContract {

        @Override
        protected SessionStore store() {
            return RedisSessionStore.create(nodes().one(), PATIENT);
        }

        @Override
        protected SessionStore secondNode() {
            return RedisSessionStore.create(nodes().other(), PATIENT);
        }
    }
}
