package dev.reactivesession.redis.boot;

import dev.reactivesession.SessionException;
import dev.reactivesession.UnreadablePolicy;
import dev.reactivesession.boot.StoreOffer;
import dev.reactivesession.redis.IndexedRedisSessionStore;
import dev.reactivesession.redis.RedisConnections;
import dev.reactivesession.redis.RedisInvalidations;
import dev.reactivesession.redis.RedisSessionSettings;
import dev.reactivesession.redis.RedisSessionStore;
import dev.reactivesession.store.SessionStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;

/** Offers to keep sessions in Redis. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBooleanProperty(name = "reactive-session.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RedisSessionProperties.class)
public final class RedisSessionAutoConfiguration {

    private final RedisSessionProperties properties;

    private final Environment environment;

    RedisSessionAutoConfiguration(RedisSessionProperties properties, Environment environment) {
        this.properties = properties;
        this.environment = environment;
    }

    @Bean
    RedisSessionConnections reactiveSessionRedisConnections(ObjectProvider<ReactiveRedisConnectionFactory> factories) {
        return new RedisSessionConnections(() -> RedisConnections.of(required(factories), settings("")));
    }

    @Bean
    StoreOffer reactiveSessionRedisOffer(
            RedisSessionConnections connections, ObjectProvider<ReactiveRedisConnectionFactory> factories) {
        return new StoreOffer.Kept("redis", () -> store(connections.get()))
                .at(() -> RedisPlace.of(required(factories)))
                .withCopies(() -> RedisSessionStore.create(connections.get(), settings("copies:")))
                .withInvalidations(() -> RedisInvalidations.create(connections.get(), settings("")));
    }

    private static ReactiveRedisConnectionFactory required(ObjectProvider<ReactiveRedisConnectionFactory> factories) {
        ReactiveRedisConnectionFactory factory = factories.getIfUnique();
        if (factory == null) {
            throw new SessionException.Misconfigured(
                    "reactive-session-redis needs a ReactiveRedisConnectionFactory, and there is none, or more than one"
                            + " without a primary; add org.springframework.boot:spring-boot-starter-data-redis and set"
                            + " spring.data.redis.url, or choose another reactive-session.store",
                    null);
        }
        return factory;
    }

    private SessionStore store(RedisConnections connections) {
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
                properties.indexShards() == null ? defaults.indexShards() : properties.indexShards(),
                Binder.get(environment)
                        .bind("reactive-session.on-unreadable", UnreadablePolicy.class)
                        .orElse(defaults.onUnreadable()));
    }
}
