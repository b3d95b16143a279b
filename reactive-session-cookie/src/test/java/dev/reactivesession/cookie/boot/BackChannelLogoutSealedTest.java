package dev.reactivesession.cookie.boot;

import dev.reactivesession.test.boot.BackChannelLogoutContract;
import java.util.LinkedHashMap;
import java.util.Map;

class BackChannelLogoutSealedTest extends BackChannelLogoutContract {

    @Override
    protected Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>(TestKeys.settings());
        settings.put("reactive-session.sealed.chunks", 2);
        settings.put("reactive-session.sealed.revocation", "memory");
        return settings;
    }
}
