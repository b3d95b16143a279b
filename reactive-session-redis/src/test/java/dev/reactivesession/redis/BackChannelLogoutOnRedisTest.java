package dev.reactivesession.redis;

import dev.reactivesession.test.boot.SharedBackChannelLogoutContract;
import java.util.Map;

class BackChannelLogoutOnRedisTest extends SharedBackChannelLogoutContract {

    @Override
    protected Map<String, Object> settings() {
        return BootSettings.node("BackChannelLogout");
    }
}
