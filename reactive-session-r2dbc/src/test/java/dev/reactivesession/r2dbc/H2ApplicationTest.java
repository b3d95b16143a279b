package dev.reactivesession.r2dbc;

import dev.reactivesession.test.boot.OAuth2LoginContract;
import dev.reactivesession.test.boot.RevocableSessionsContract;
import dev.reactivesession.test.boot.SecuredApplicationContract;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** Whole applications with their sessions in H2. */
class H2ApplicationTest {

    @Nested
    class OAuth2Login extends OAuth2LoginContract {

        @Override
        protected Map<String, Object> settings() {
            return BootSettings.h2("oauth2_login");
        }
    }

    @Nested
    class RevocableSessions extends RevocableSessionsContract {

        @Override
        protected Map<String, Object> settings() {
            return BootSettings.h2("revocablesessions");
        }
    }

    @Nested
    class SecuredApplication extends SecuredApplicationContract {

        @Override
        protected Map<String, Object> settings() {
            return BootSettings.h2("securedapplication");
        }
    }
}
