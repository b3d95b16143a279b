package dev.reactivesession.cookie.boot;

import dev.reactivesession.test.boot.OAuth2LoginContract;
import java.util.Map;

class OAuth2LoginSealedTest extends OAuth2LoginContract {

    @Override
    protected Map<String, Object> settings() {
        return TestKeys.settings();
    }
}
