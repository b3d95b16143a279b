package dev.reactivesession.redis;

import dev.reactivesession.test.boot.SharedBackChannelLogoutContract;
import java.util.Map;

class BackChannelLogoutTieredTest extends SharedBackChannelLogoutContract {

    @Override
    protected Map<String, Object> settings() {
        return BootSettings.tiered("BackChannelLogout", Tiers.REDIS, Tiers.DURABLE);
    }
}
