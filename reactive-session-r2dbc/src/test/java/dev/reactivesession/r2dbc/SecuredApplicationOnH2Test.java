package dev.reactivesession.r2dbc;

import dev.reactivesession.test.boot.SecuredApplicationContract;
import java.util.Map;

class SecuredApplicationOnH2Test extends SecuredApplicationContract {

    @Override
    protected Map<String, Object> settings() {
        return BootSettings.h2("securedapplication");
    }
}
