package dev.reactivesession.test.boot;

import java.util.Map;

class BackChannelLogoutInMemoryTest extends BackChannelSessionLogoutContract {

    @Override
    protected Map<String, Object> settings() {
        return Map.of("reactive-session.store", "memory");
    }
}
