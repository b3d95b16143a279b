package dev.reactivesession.redis;

import dev.reactivesession.test.boot.OAuth2LoginContract;
import dev.reactivesession.test.boot.RevocableSessionsContract;
import dev.reactivesession.test.boot.SecuredApplicationContract;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** Applications of Spring Security over Redis in front of PostgreSQL. */
class TieredApplicationsTest {

    @Nested
    class Secured extends SecuredApplicationContract {

        @Override
        protected Map<String, Object> settings() {
            return BootSettings.tiered("SecuredApplication", Tiers.REDIS, Tiers.DURABLE);
        }
    }

    @Nested
    class OAuth2Login extends OAuth2LoginContract {

        @Override
        protected Map<String, Object> settings() {
            return BootSettings.tiered("OAuth2Login", Tiers.REDIS, Tiers.DURABLE);
        }
    }

    @Nested
    class Revocable extends RevocableSessionsContract {

        @Override
        protected Map<String, Object> settings() {
            return BootSettings.tiered("RevocableSessions", Tiers.REDIS, Tiers.DURABLE);
        }
    }
}
