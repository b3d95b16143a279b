package dev.reactivesession.redis;

import dev.reactivesession.test.boot.OAuth2LoginContract;
import java.util.Map;

class OAuth2LoginOnRedisTest extends OAuth2LoginContract {

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
                "OAuth2Login:");
    }
}
