package dev.reactivesession.redis;

import dev.reactivesession.test.boot.SecuredApplicationContract;
import java.util.Map;

class SecuredApplicationTieredTest extends SecuredApplicationContract {

    @Override
    protected Map<String, Object> settings() {
        return BootSettings.tiered("SecuredApplication", Tiers.REDIS, Tiers.DURABLE);
    }
}
