package dev.reactivesession.r2dbc;

import dev.reactivesession.test.boot.OAuth2LoginContract;
import java.util.Map;

class OAuth2LoginOnH2Test extends OAuth2LoginContract {

    @Override
    protected Map<String, Object> settings() {
        return BootSettings.h2("oauth2_login");
    }
}
