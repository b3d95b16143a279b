package dev.reactivesession.redis;

import dev.reactivesession.test.boot.RevocableSessionsContract;
import java.util.Map;

class RevocableSessionsOnRedisTest extends RevocableSessionsContract {

    @Override
    protected Map<String, Object> settings() {
        return BootSettings.node("RevocableSessions");
    }
}
