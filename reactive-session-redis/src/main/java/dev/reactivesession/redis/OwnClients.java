package dev.reactivesession.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.Disposable;

/**
 * Lettuce clients of our own, which connect to where a factory of the application connects, as the same user and with
 * the same transport: no command of the application waits behind one of ours, or the reverse.
 */
final class OwnClients implements Disposable {

    private final LettuceConnectionFactory factory;

    private final RedisConfiguration configuration;

    private final AbstractRedisClient theirs;

    private final Duration timeout;

    private final Queue<Runnable> closings = new ConcurrentLinkedQueue<>();

    /**
     * Connects to nothing yet.
     *
     * @param factory the application's, started
     * @param timeout the longest time for connecting
     */
    OwnClients(LettuceConnectionFactory factory, Duration timeout) {
        this.factory = factory;
        this.configuration = FollowedFactory.configuration(factory);
        this.theirs = factory.getRequiredNativeClient();
        this.timeout = timeout;
    }

    /** Whether the factory was not started again since. Fails when it was stopped. */
    boolean areCurrent() {
        return factory.getRequiredNativeClient() == theirs;
    }

    boolean isRunning() {
        return factory.isRunning() && areCurrent();
    }

    boolean isCluster() {
        return factory.isClusterAware();
    }

    /**
     * Connects. Blocks meanwhile.
     *
     * @param loop the event loop to use; null for one of the application's Lettuce
     */
    StatefulConnection<byte[], byte[]> connect(@Nullable EventLoop loop) {
        ClientResources resources = OwnResources.of(theirs.getResources(), loop);
        LettuceConnectionFactory own = new LettuceConnectionFactory(
                configuration,
                new OwnClientConfiguration(factory.getClientConfiguration(), options(), resources, timeout));
        own.setShareNativeConnection(false);
        own.start();
        AbstractRedisClient client = own.getRequiredNativeClient();
        try {
            StatefulConnection<byte[], byte[]> connection = client instanceof RedisClusterClient cluster
                    ? cluster.connect(ByteArrayCodec.INSTANCE)
                    : ((RedisClient) client).connect(ByteArrayCodec.INSTANCE);
            closings.add(() -> close(client));
            return connection;
        } catch (RuntimeException e) {
            close(client);
            throw e;
        }
    }

    @Override
    public void dispose() {
        for (Runnable closing = closings.poll(); closing != null; closing = closings.poll()) {
            closing.run();
        }
    }

    private static void close(AbstractRedisClient client) {
        var unused = client.shutdownAsync(0, 100, TimeUnit.MILLISECONDS);
    }

    private ClientOptions options() {
        ClientOptions options = theirs.getOptions();
        return options.mutate()
                .autoReconnect(true)
                .disconnectedBehavior(
                        isCluster()
                                ? ClientOptions.DisconnectedBehavior.REJECT_COMMANDS
                                : ClientOptions.DisconnectedBehavior.ACCEPT_COMMANDS)
                .publishOnScheduler(false)
                .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
                .socketOptions(options.getSocketOptions()
                        .mutate()
                        .connectTimeout(OwnClientConfiguration.shorter(
                                options.getSocketOptions().getConnectTimeout(), timeout))
                        .build())
                .build();
    }
}
