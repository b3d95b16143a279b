package dev.reactivesession.redis;

import dev.reactivesession.test.boot.OAuth2LoginContract;
import java.util.Map;

class OAuth2LoginTieredTest extends OAuth2LoginContract {

    @Override
    protected Map<String, Object> settings() {
        return BootSettings.tiered("OAuth2Login", Tiers.REDIS, Tiers.DURABLE);
    }
}
