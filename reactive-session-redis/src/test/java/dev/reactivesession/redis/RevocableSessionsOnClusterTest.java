package dev.reactivesession.redis;

import dev.reactivesession.test.boot.RevocableSessionsContract;
import java.util.Map;

class RevocableSessionsOnClusterTest extends RevocableSessionsContract {

    @Override
    protected Map<String, Object> settings() {
        return BootSettings.cluster("RevocableSessions");
    }
}
