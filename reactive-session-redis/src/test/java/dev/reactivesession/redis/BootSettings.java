package dev.reactivesession.redis;

import java.util.LinkedHashMap;
import java.util.Map;

/** What an application says to use the servers of this test run, under keys of its own. */
final class BootSettings {

    private BootSettings() {}

    static Map<String, Object> node(String prefix) {
        return with(
                prefix,
                Map.of(
                        "reactive-session.store",
                        "redis",
                        "spring.data.redis.host",
                        Backend.node().getHostName(),
                        "spring.data.redis.port",
                        Backend.node().getPort(),
                        "spring.autoconfigure.exclude",
                        "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration"));
    }

    static Map<String, Object> cluster(String prefix) {
        return with(
                prefix,
                Map.of(
                        "reactive-session.store", "redis",
                        "spring.data.redis.cluster.nodes", String.join(",", Backend.clusterAddresses()),
                        "spring.data.redis.lettuce.cluster.refresh.adaptive", "true",
                        "spring.autoconfigure.exclude",
                                "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration"));
    }

    static Map<String, Object> tiered(String prefix, RedisNode redis, Durable durable) {
        return with(
                prefix,
                Map.of(
                        "reactive-session.store",
                        "tiered",
                        "spring.data.redis.host",
                        redis.host(),
                        "spring.data.redis.port",
                        redis.port(),
                        "spring.r2dbc.url",
                        "r2dbc:postgresql://127.0.0.1:" + durable.server().getPort() + "/postgres",
                        "spring.r2dbc.username",
                        "postgres",
                        "spring.r2dbc.password",
                        "postgres"));
    }

    private static Map<String, Object> with(String prefix, Map<String, Object> more) {
        Map<String, Object> settings = new LinkedHashMap<>(more);
        settings.put("reactive-session.redis.prefix", prefix + ":");
        return settings;
    }
}
