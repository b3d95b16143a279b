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
 * Tells nodes of changed sessions by Redis pub/sub, on the channel {@code <key prefix>changes}: on one node, behind Sentinel, and in a Cluster. All who listen
 * here share one connection. The driver connects and subscribes again by itself; what was said meanwhile is lost.
 */
public final class RedisInvalidations implements Invalidations {

    private final Commands commands;

    private final ByteBuffer channel;

    private final Flux<SessionId> received;

    private RedisInvalidations(Commands commands, ByteBuffer channel) {
        this.commands = commands;
        this.channel = channel;
        this.received = commands.messages(channel)
                .<SessionId>handle((message, sink) -> id(message).ifPresent(sink::next))
                .share();
    }

    /**
     * Makes the invalidations of one node. Nothing is sent before the first subscription.
     *
     * @param connections where Redis is
     * @param settings the key prefix, which all nodes have in common, and the bound for telling and for beginning to listen
     * @return invalidations
     */
    public static RedisInvalidations create(ReactiveRedisConnectionFactory connections, RedisSessionSettings settings) {
        Commands commands = Commands.over(connections, settings);
        return new RedisInvalidations(commands, Keys.of(settings).changes());
    }

    @Override
    public Mono<Void> publish(SessionId id) {
        return Mono.defer(() -> commands.publish(channel.duplicate(), Keys.bytes(id.toString())))
                .then();
    }

    @Override
    public Flux<SessionId> received() {
        return received;
    }

    /** Anybody may say anything on a channel. */
    private static Optional<SessionId> id(ByteBuffer message) {
        return SessionId.parse(UTF_8.decode(message.duplicate()).toString());
    }
}
