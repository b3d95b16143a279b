package dev.reactivesession.r2dbc;

import dev.reactivesession.test.boot.OAuth2LoginContract;
import java.util.Map;

class OAuth2LoginOnPostgresqlTest extends OAuth2LoginContract {

    @Override
    protected Map<String, Object> settings() {
        return BootSettings.postgresql("oauth2login");
    }
}
