package dev.reactivesession.redis;

import dev.reactivesession.test.boot.OAuth2LoginContract;
import java.util.Map;

class OAuth2LoginOnRedisTest extends OAuth2LoginContract {

    @Override
    protected Map<String, Object> settings() {
        return BootSettings.node("OAuth2Login");
    }
}
