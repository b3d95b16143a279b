package dev.reactivesession.r2dbc;

import dev.reactivesession.test.boot.SecuredApplicationContract;
import java.util.Map;

class SecuredApplicationOnPostgresqlTest extends SecuredApplicationContract {

    @Override
    protected Map<String, Object> settings() {
        return BootSettings.postgresql("securedapplication");
    }
}
