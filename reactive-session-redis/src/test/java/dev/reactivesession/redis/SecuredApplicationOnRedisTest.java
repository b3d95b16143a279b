package dev.reactivesession.redis;

import dev.reactivesession.test.boot.SecuredApplicationContract;
import java.util.Map;
import java.util.Properties;
import org.springframework.data.redis.connection.RedisConnection;

class SecuredApplicationOnRedisTest extends SecuredApplicationContract {

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

    private static long calls(String counts) {
        return Long.parseLong(counts.substring("calls=".length(), counts.indexOf(',')));
    }
}
