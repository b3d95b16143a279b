package dev.reactivesession.redis;

import dev.reactivesession.test.boot.OAuth2LoginContract;
import dev.reactivesession.test.boot.RevocableSessionsContract;
import dev.reactivesession.test.boot.SecuredApplicationContract;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Nested;
import org.springframework.data.redis.connection.RedisConnection;

/** Applications of Spring Security over one node. */
class RedisApplicationsTest {

    @Nested
    class Secured extends SecuredApplicationContract {

        @Override
        protected Map<String, Object> settings() {
            return BootSettings.node("SecuredApplication");
        }

        /** What the server itself has counted, but for the commands that ask for it or come with a connection. */
        @Override
        protected long storeCalls() {
            try (RedisConnection connection = Backend.node().getConnection()) {
                Properties counted = connection.serverCommands().info("commandstats");
                return counted.stringPropertyNames().stream()
                        .filter(name -> !name.matches("cmdstat_(info|hello|client.*|ping|select|command.*)"))
                        .mapToLong(name -> calls(counted.getProperty(name)))
                        .sum();
            }
        }
    }

    @Nested
    class OAuth2Login extends OAuth2LoginContract {

        @Override
        protected Map<String, Object> settings() {
            return BootSettings.node("OAuth2Login");
        }
    }

    @Nested
    class Revocable extends RevocableSessionsContract {

        @Override
        protected Map<String, Object> settings() {
            return BootSettings.node("RevocableSessions");
        }
    }

    private static long calls(String counts) {
        return Long.parseLong(counts.substring("calls=".length(), counts.indexOf(',')));
    }
}
