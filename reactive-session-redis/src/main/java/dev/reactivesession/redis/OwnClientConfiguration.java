package dev.reactivesession.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.Optional;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.RedisCredentialsProviderFactory;

/**
 * How the application connects, with options and resources of our own. Replicas are not read from: they may be behind.
 *
 * @param theirs the configuration of the application
 * @param options ours
 * @param resources ours
 * @param timeout the longest time for connecting
 */
record OwnClientConfiguration(
        LettuceClientConfiguration theirs, ClientOptions options, ClientResources resources, Duration timeout)
        implements LettuceClientConfiguration {

    static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public boolean isUseSsl() {
        return theirs.isUseSsl();
    }

    @Override
    @Deprecated
    public boolean isVerifyPeer() {
        return theirs.isVerifyPeer();
    }

    @Override
    public SslVerifyMode getVerifyMode() {
        return theirs.getVerifyMode();
    }

    @Override
    public boolean isStartTls() {
        return theirs.isStartTls();
    }

    @Override
    public Optional<ClientResources> getClientResources() {
        return Optional.of(resources);
    }

    @Override
    public Optional<ClientOptions> getClientOptions() {
        return Optional.of(options);
    }

    @Override
    public Optional<String> getClientName() {
        return theirs.getClientName();
    }

    @Override
    public Optional<ReadFrom> getReadFrom() {
        return Optional.empty();
    }

    @Override
    public Optional<RedisCredentialsProviderFactory> getRedisCredentialsProviderFactory() {
        return theirs.getRedisCredentialsProviderFactory();
    }

    @Override
    public Duration getCommandTimeout() {
        return shorter(theirs.getCommandTimeout(), timeout);
    }

    @Override
    public Duration getShutdownTimeout() {
        return theirs.getShutdownTimeout();
    }

    @Override
    public Duration getShutdownQuietPeriod() {
        return theirs.getShutdownQuietPeriod();
    }
}
