package dev.reactivesession.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.tiered.Invalidations;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Tells nodes of changed sessions by Redis pub/sub, on the channel {@code <key prefix>changes}: on one node, behind
 * Sentinel, and in a Cluster. All subscribers share one connection. The driver connects and subscribes again by itself;
 * messages of the meantime are lost.
 */
public final class RedisInvalidations implements Invalidations {

    private final RedisConnections connections;

    private final byte[] channel;

    private final Flux<SessionId> received;

    private RedisInvalidations(RedisConnections connections, byte[] channel) {
        this.connections = connections;
        this.channel = channel;
        this.received = new Subscription(connections, channel)
                .messages()
                .<SessionId>handle((message, sink) -> id(message).ifPresent(sink::next))
                .share();
    }

    /**
     * Makes the invalidations of one node over connections of their own. Nothing is sent before the first subscription.
     *
     * @param connections where Redis is
     * @param settings the key prefix, which all nodes have in common, and the bound for telling and for subscribing
     * @return invalidations
     */
    public static RedisInvalidations create(ReactiveRedisConnectionFactory connections, RedisSessionSettings settings) {
        return create(RedisConnections.of(connections, settings), settings);
    }

    /**
     * Makes the invalidations of one node. Nothing is sent before the first subscription.
     *
     * @param connections those that the application's stores share
     * @param settings the key prefix, which all nodes have in common
     * @return invalidations
     */
    public static RedisInvalidations create(RedisConnections connections, RedisSessionSettings settings) {
        return new RedisInvalidations(connections, RedisKeys.of(settings).changes());
    }

    @Override
    public Mono<Void> publish(SessionId id) {
        return connections
                .bounded(connections.commands().publish(channel, RedisKeys.bytes(id.toString())))
                .then();
    }

    @Override
    public Flux<SessionId> received() {
        return received;
    }

    /** A channel is open to anything. */
    private static Optional<SessionId> id(ByteBuffer message) {
        return SessionId.parse(UTF_8.decode(message.duplicate()).toString());
    }
}
