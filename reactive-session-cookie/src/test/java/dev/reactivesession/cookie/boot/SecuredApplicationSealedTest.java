package dev.reactivesession.cookie.boot;

import dev.reactivesession.test.boot.SecuredApplicationContract;
import java.util.Map;

class SecuredApplicationSealedTest extends SecuredApplicationContract {

    @Override
    protected Map<String, Object> settings() {
        return TestKeys.settings();
    }
}
