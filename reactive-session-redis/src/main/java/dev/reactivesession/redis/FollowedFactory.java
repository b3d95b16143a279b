package dev.reactivesession.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.Objects;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisPassword;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Where a connection factory connects to, as far as it tells. */
final class FollowedFactory {

    private FollowedFactory() {}

    /** Whether it tells everything that connections of our own need. May block; the factory was started. */
    static boolean tells(LettuceConnectionFactory factory) {
        return factory.getClass() == LettuceConnectionFactory.class
                && !isTraced(factory)
                && (!isOneNode(factory) || (tellsUser(factory) && hasAddress(factory)));
    }

    static RedisConfiguration configuration(LettuceConnectionFactory factory) {
        if (factory.getClusterConfiguration() != null) {
            return factory.getClusterConfiguration();
        }
        if (factory.getSentinelConfiguration() != null) {
            return factory.getSentinelConfiguration();
        }
        if (factory.getSocketConfiguration() != null) {
            return factory.getSocketConfiguration();
        }
        return isUsed(factory.getStandaloneConfiguration(), factory)
                ? factory.getStandaloneConfiguration()
                : withoutUser(factory);
    }

    /** Spans of commands need the context of the caller, which only Spring Data's commands have. */
    private static boolean isTraced(LettuceConnectionFactory factory) {
        return factory.getRequiredNativeClient().getResources().tracing().isEnabled();
    }

    private static boolean isOneNode(LettuceConnectionFactory factory) {
        return configuration(factory) instanceof RedisStandaloneConfiguration;
    }

    /** A factory that was given a configuration of unknown type keeps the name of the user to itself. */
    private static boolean tellsUser(LettuceConnectionFactory factory) {
        return factory.getPassword() == null || isUsed(factory.getStandaloneConfiguration(), factory);
    }

    private static boolean isUsed(RedisStandaloneConfiguration configuration, LettuceConnectionFactory factory) {
        return configuration.getHostName().equals(factory.getHostName())
                && configuration.getPort() == factory.getPort()
                && configuration.getDatabase() == factory.getDatabase()
                && Objects.equals(configuration.getPassword().map(String::new).orElse(null), factory.getPassword());
    }

    private static RedisStandaloneConfiguration withoutUser(LettuceConnectionFactory factory) {
        RedisStandaloneConfiguration configuration =
                new RedisStandaloneConfiguration(factory.getHostName(), factory.getPort());
        configuration.setDatabase(factory.getDatabase());
        configuration.setPassword(RedisPassword.none());
        return configuration;
    }

    /**
     * A static list of a master and its replicas looks like the default address here, but its client has none: it fails
     * before it connects.
     */
    private static boolean hasAddress(LettuceConnectionFactory factory) {
        if (!configuration(factory).equals(new RedisStandaloneConfiguration())) {
            return true;
        }
        try {
            ((RedisClient) factory.getRequiredNativeClient())
                    .connect(ByteArrayCodec.INSTANCE)
                    .close();
            return true;
        } catch (IllegalStateException e) {
            return false;
        } catch (RuntimeException e) {
            return true;
        }
    }
}
