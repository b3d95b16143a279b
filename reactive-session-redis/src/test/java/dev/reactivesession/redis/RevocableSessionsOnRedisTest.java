package dev.reactivesession.redis;

import dev.reactivesession.test.boot.RevocableSessionsContract;
import java.util.Map;

class RevocableSessionsOnRedisTest extends RevocableSessionsContract {

    @Override
    protected Map<String, Object> settings() {
        return Map.of(
                "reactive-session.store",
                "redis",
                "spring.data.redis.host",
                Backend.node().getHostName(),
                "spring.data.redis.port",
                Backend.node().getPort(),
                "reactive-session.redis.key-prefix",
                "RevocableSessions:");
    }
}
