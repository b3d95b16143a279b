package dev.reactivesession.redis;

import dev.reactivesession.test.boot.OAuth2LoginContract;
import dev.reactivesession.test.boot.RevocableSessionsContract;
import dev.reactivesession.test.boot.SecuredApplicationContract;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** Applications of Spring Security over a Cluster. */
class RedisClusterApplicationsTest {

    @Nested
    class Secured extends SecuredApplicationContract {

        @Override
        protected Map<String, Object> settings() {
            return BootSettings.cluster("SecuredApplication");
        }
    }

    @Nested
    class OAuth2Login extends OAuth2LoginContract {

        @Override
        protected Map<String, Object> settings() {
            return BootSettings.cluster("OAuth2Login");
        }
    }

    @Nested
    class Revocable extends RevocableSessionsContract {

        @Override
        protected Map<String, Object> settings() {
            return BootSettings.cluster("RevocableSessions");
        }
    }
}
