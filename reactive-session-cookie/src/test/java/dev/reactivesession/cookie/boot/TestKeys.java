package dev.reactivesession.cookie.boot;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

final class TestKeys {

    private TestKeys() {}

    static Map<String, Object> settings() {
        return Map.of("reactive-session.store", "cookie", "reactive-session.sealed.keys", key());
    }

    static String key() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}
