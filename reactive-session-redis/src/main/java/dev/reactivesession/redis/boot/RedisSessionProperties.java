package dev.reactivesession.redis.boot;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of Redis.
 *
 * @param prefix What every key begins with: 1 to 100 letters, digits and . _ : / -. Default reactive-session:.
 * @param index Whether sessions can be found by user and swept. Without it they only expire.
 * @param timeout How long one operation may take: 1ms to 1m. Default 2s.
 * @param expirySlack How long Redis keeps a record past its deadline, for a sweep to report it: 1ms to 1d. Default 5m.
 * @param indexShards Over how many slots of a Cluster the index is spread: 1 to 1024. Default 8; raise it only.
 */
@ConfigurationProperties("reactive-session.redis")
public record RedisSessionProperties(
        @Nullable String prefix,
        @DefaultValue("true") boolean index,
        @Nullable Duration timeout,
        @Nullable Duration expirySlack,
        @Nullable Integer indexShards) {}
