package dev.reactivesession.test.boot;

import java.util.Map;

class RevocableSessionsInMemoryTest extends RevocableSessionsContract {

    @Override
    protected Map<String, Object> settings() {
        return Map.of("reactive-session.store", "memory");
    }
}
