package dev.reactivesession.redis.boot;

import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Where a Redis is, for the log: hosts and ports, never a password. */
final class RedisPlace {

    private RedisPlace() {}

    static String of(ReactiveRedisConnectionFactory connections) {
        if (!(connections instanceof LettuceConnectionFactory lettuce)) {
            return "Redis";
        }
        RedisClusterConfiguration cluster = lettuce.getClusterConfiguration();
        RedisSentinelConfiguration sentinel = lettuce.getSentinelConfiguration();
        if (cluster != null) {
            return "Redis Cluster at " + hosts(cluster.getClusterNodes());
        }
        return sentinel != null
                ? "Redis behind Sentinel at " + hosts(sentinel.getSentinels())
                : "Redis at " + lettuce.getHostName() + ":" + lettuce.getPort();
    }

    private static String hosts(Iterable<RedisNode> nodes) {
        return StreamSupport.stream(nodes.spliterator(), false)
                .map(node -> node.getHost() + ":" + node.getPort())
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
