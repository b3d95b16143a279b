package dev.reactivesession.redis.boot;

import dev.reactivesession.SessionException;
import dev.reactivesession.boot.StoreOffer;
import dev.reactivesession.redis.IndexedRedisSessionStore;
import dev.reactivesession.redis.RedisInvalidations;
import dev.reactivesession.redis.RedisSessionSettings;
import dev.reactivesession.redis.RedisSessionStore;
import dev.reactivesession.store.SessionStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;

/** Offers to keep sessions in Redis. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBooleanProperty(name = "reactive-session.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RedisSessionProperties.class)
public final class RedisSessionAutoConfiguration {

    private final RedisSessionProperties properties;

    RedisSessionAutoConfiguration(RedisSessionProperties properties) {
        this.properties = properties;
    }

    @Bean
    StoreOffer reactiveSessionRedisOffer(ObjectProvider<ReactiveRedisConnectionFactory> connections) {
        return new StoreOffer.Kept("redis", () -> store(required(connections)))
                .at(() -> RedisPlace.of(required(connections)))
                .withCopies(() -> RedisSessionStore.create(required(connections), settings("copies:")))
                .withInvalidations(() -> RedisInvalidations.create(required(connections), settings("")));
    }

    private static ReactiveRedisConnectionFactory required(ObjectProvider<ReactiveRedisConnectionFactory> connections) {
        ReactiveRedisConnectionFactory factory = connections.getIfUnique();
        if (factory == null) {
            throw new SessionException.Misconfigured(
                    "reactive-session-redis needs a ReactiveRedisConnectionFactory, and there is none, or more than one"
                            + " without a primary; add org.springframework.boot:spring-boot-starter-data-redis and set"
                            + " spring.data.redis.url, or choose another reactive-session.store",
                    null);
        }
        return factory;
    }

    private SessionStore store(ReactiveRedisConnectionFactory connections) {
        return properties.index()
                ? IndexedRedisSessionStore.create(connections, settings(""))
                : RedisSessionStore.create(connections, settings(""));
    }

    private RedisSessionSettings settings(String within) {
        RedisSessionSettings defaults = RedisSessionSettings.defaults();
        return new RedisSessionSettings(
                (properties.prefix() == null ? defaults.keyPrefix() : properties.prefix()) + within,
                properties.timeout() == null ? defaults.timeout() : properties.timeout(),
                properties.expirySlack() == null ? defaults.expirySlack() : properties.expirySlack(),
                properties.indexShards() == null ? defaults.indexShards() : properties.indexShards());
    }
}
