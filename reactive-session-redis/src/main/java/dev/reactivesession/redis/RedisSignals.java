package dev.reactivesession.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reactivesession.store.SessionSignals;
import java.nio.ByteBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Messages by Redis pub/sub, on the channel {@code <key prefix>signals}: on one node, behind Sentinel, and in a Cluster,
 * where every node hears every message. The driver connects and subscribes again by itself; messages of the meantime
 * are lost, and a new {@code Listening} says so.
 */
final class RedisSignals implements SessionSignals {

    private final RedisConnections connections;

    private final byte[] channel;

    private final Subscription subscription;

    RedisSignals(RedisConnections connections, RedisSessionSettings settings) {
        this.connections = connections;
        this.channel = RedisKeys.of(settings).signals();
        this.subscription = new Subscription(connections, channel);
    }

    @Override
    public Mono<Void> publish(String message) {
        return connections
                .bounded(connections.commands().publish(channel, RedisKeys.bytes(message)))
                .then();
    }

    @Override
    public Flux<Heard> received() {
        return Flux.defer(() -> {
            Sinks.Many<Heard> listening = Sinks.many().unicast().onBackpressureBuffer();
            return listening
                    .asFlux()
                    .mergeWith(subscription
                            .messages(() -> listening.tryEmitNext(new Heard.Listening()))
                            .map(RedisSignals::message));
        });
    }

    private static Heard message(ByteBuffer bytes) {
        return new Heard.Message(UTF_8.decode(bytes.duplicate()).toString());
    }
}
