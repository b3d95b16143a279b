package dev.reactivesession.redis;

import dev.reactivesession.SessionException;
import java.nio.ByteBuffer;
import org.springframework.data.redis.connection.ReactiveRedisConnection;
import org.springframework.data.redis.connection.ReactiveSubscription;
import org.springframework.data.redis.connection.SubscriptionListener;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The messages on a channel, over a connection of the factory, which is closed after the last subscriber. */
final class Subscription {

    private final RedisConnections connections;

    private final byte[] channel;

    Subscription(RedisConnections connections, byte[] channel) {
        this.connections = connections;
        this.channel = channel;
    }

    Flux<ByteBuffer> messages() {
        return messages(() -> {});
    }

    /**
     * The messages.
     *
     * @param subscribed told when Redis sends messages from now on: also after the driver has connected again
     */
    Flux<ByteBuffer> messages(Runnable subscribed) {
        return Flux.usingWhen(
                        connections.bounded(another()),
                        redis -> connections
                                .bounded(redis.pubSubCommands().createSubscription(told(subscribed)))
                                .flatMapMany(this::messages),
                        ReactiveRedisConnection::closeLater)
                .onErrorMap(error -> !(error instanceof SessionException), RedisErrors::typed);
    }

    private static SubscriptionListener told(Runnable subscribed) {
        return new SubscriptionListener() {
            @Override
            public void onChannelSubscribed(byte[] name, long count) {
                subscribed.run();
            }
        };
    }

    /** Listens before it asks, so that it misses nothing that Redis sends after its answer. */
    private Flux<ByteBuffer> messages(ReactiveSubscription subscription) {
        Mono<Void> subscribed = connections.bounded(subscription.subscribe(ByteBuffer.wrap(channel)));
        return subscription
                .receive()
                .map(ReactiveSubscription.Message::getMessage)
                .mergeWith(subscribed.then(Mono.empty()));
    }

    private Mono<ReactiveRedisConnection> another() {
        return Mono.fromCallable(connections.factory()::getReactiveConnection).subscribeOn(Schedulers.boundedElastic());
    }
}
