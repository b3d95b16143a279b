package dev.reactivesession.redis;

import dev.reactivesession.test.boot.RevocableSessionsContract;
import java.util.Map;

class RevocableSessionsTieredTest extends RevocableSessionsContract {

    @Override
    protected Map<String, Object> settings() {
        return BootSettings.tiered("RevocableSessions", Tiers.REDIS, Tiers.DURABLE);
    }
}
