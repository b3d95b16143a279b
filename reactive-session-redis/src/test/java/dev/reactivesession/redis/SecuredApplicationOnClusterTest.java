package dev.reactivesession.redis;

import dev.reactivesession.test.boot.SecuredApplicationContract;
import java.util.Map;

class SecuredApplicationOnClusterTest extends SecuredApplicationContract {

    @Override
    protected Map<String, Object> settings() {
        return BootSettings.cluster("SecuredApplication");
    }
}
