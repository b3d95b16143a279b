package dev.reactivesession.cookie.boot;

import dev.reactivesession.test.boot.OAuth2LoginContract;
import java.util.LinkedHashMap;
import java.util.Map;

class OAuth2LoginSealedTest extends OAuth2LoginContract {

    /** What an OpenID login leaves in the session is more than one cookie holds. */
    @Override
    protected Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>(TestKeys.settings());
        settings.put("reactive-session.sealed.chunks", 2);
        return settings;
    }
}
