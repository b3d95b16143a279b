package dev.reactivesession.redis;

import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.tiered.TieredSessionStore;
import dev.reactivesession.store.tiered.TieredSettings;
import dev.reactivesession.test.web.WholeKitContract;
import java.time.Duration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The whole kit on Redis in front of PostgreSQL, with two nodes over both. */
class TieredRedisKitTest extends WholeKitContract {

    private static final Durable DURABLE = Durable.start();

    private static final SessionStore ONE = tiered(Backend.node());

    private static final SessionStore OTHER = tiered(Backend.otherNode());

    /**
     * Patient with a busy machine: while a cache cannot be reached, the nodes see each other's writes within a bound
     * only.
     */
    private static SessionStore tiered(LettuceConnectionFactory connections) {
        RedisSessionStore cache = RedisSessionStore.create(
                connections, RedisSessionSettings.defaults().withKeyPrefix("tiered:"));
        return TieredSessionStore.of(cache, DURABLE.store())
                .settings(TieredSettings.defaults()
                        .withCacheTimeout(Duration.ofSeconds(5))
                        .withDurableTimeout(Duration.ofSeconds(10)))
                .build();
    }

    @Override
    protected SessionStore store() {
        return ONE;
    }

    @Override
    protected SessionStore secondNode() {
        return OTHER;
    }
}
