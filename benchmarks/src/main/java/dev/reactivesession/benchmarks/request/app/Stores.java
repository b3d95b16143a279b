package dev.reactivesession.benchmarks.request.app;

import dev.reactivesession.SessionLimits;
import dev.reactivesession.cookie.SealedSessionSettings;
import dev.reactivesession.cookie.SealedSessionVault;
import dev.reactivesession.cookie.SealingKeys;
import dev.reactivesession.r2dbc.R2dbcSessionSettings;
import dev.reactivesession.r2dbc.R2dbcSessionStore;
import dev.reactivesession.r2dbc.SessionSchema;
import dev.reactivesession.redis.IndexedRedisSessionStore;
import dev.reactivesession.redis.RedisSessionSettings;
import dev.reactivesession.redis.RedisSessionStore;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionVault;
import dev.reactivesession.store.tiered.TieredSessionStore;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Our stores, each with its defaults. */
final class Stores {

    private static final int CONNECTIONS = 10;

    private static final Duration START = Duration.ofSeconds(30);

    private static final int SEALING_KEY_BYTES = 32;

    private Stores() {}

    static SessionStore redis(Places places) {
        return RedisSessionStore.create(lettuce(places), RedisSessionSettings.defaults());
    }

    static SessionStore indexedRedis(Places places) {
        return IndexedRedisSessionStore.create(lettuce(places), RedisSessionSettings.defaults());
    }

    private static LettuceConnectionFactory lettuce(Places places) {
        LettuceConnectionFactory factory = new LettuceConnectionFactory("127.0.0.1", places.redis());
        factory.afterPropertiesSet();
        factory.start();
        return factory;
    }

    static SessionStore postgresql(Places places, String table) {
        ConnectionFactoryOptions options = ConnectionFactoryOptions.parse(
                "r2dbc:postgresql://postgres:postgres@127.0.0.1:" + places.postgresql() + "/postgres");
        ConnectionFactory pool = pool(ConnectionFactories.get(options));
        R2dbcSessionSettings settings = R2dbcSessionSettings.defaults().withTable(table);
        SessionSchema.of(pool, settings).create().block(START);
        return R2dbcSessionStore.of(pool, options, settings);
    }

    private static ConnectionFactory pool(ConnectionFactory factory) {
        return new ConnectionPool(ConnectionPoolConfiguration.builder(factory)
                .initialSize(CONNECTIONS)
                .maxSize(CONNECTIONS)
                .build());
    }

    static SessionStore tiered(Places places) {
        return TieredSessionStore.of(redis(places), postgresql(places, "tiered"))
                .build();
    }

    static SessionVault sealing() {
        try {
            SecureRandom random = SecureRandom.getInstance("DRBG");
            byte[] key = new byte[SEALING_KEY_BYTES];
            random.nextBytes(key);
            return new SealedSessionVault(
                    SealingKeys.of(List.of(Base64.getEncoder().encodeToString(key))),
                    SealedSessionSettings.defaults(),
                    SessionLimits.defaults(),
                    random);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has a DRBG", impossible);
        }
    }
}
