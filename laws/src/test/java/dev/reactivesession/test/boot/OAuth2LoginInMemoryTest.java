package dev.reactivesession.test.boot;

import java.util.Map;

class OAuth2LoginInMemoryTest extends OAuth2LoginContract {

    @Override
    protected Map<String, Object> settings() {
        return Map.of("reactive-session.store", "memory");
    }
}
