package dev.reactivesession.redis;

import dev.reactivesession.test.boot.OAuth2LoginContract;
import java.util.Map;

class OAuth2LoginOnClusterTest extends OAuth2LoginContract {

    @Override
    protected Map<String, Object> settings() {
        return BootSettings.cluster("OAuth2Login");
    }
}
