package dev.reactivesession.redis;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.ReactiveRedisConnection;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The connection of Spring Data that all commands share. A factory may block its caller while it connects, so it is
 * asked on a thread that may block, once; and once more after an error, because it may have been stopped and started.
 */
final class SharedConnection {

    private final ReactiveRedisConnectionFactory factory;

    private final AtomicReference<@Nullable Mono<ReactiveRedisConnection>> current = new AtomicReference<>();

    SharedConnection(ReactiveRedisConnectionFactory factory) {
        this.factory = factory;
    }

    <T> Mono<T> use(Function<ReactiveRedisConnection, Mono<T>> command) {
        return Mono.defer(() -> {
            Mono<ReactiveRedisConnection> known = current.get();
            return (known != null ? known : opened()).flatMap(command);
        });
    }

    /** Asks the factory again the next time. */
    Mono<Void> forget() {
        return Mono.defer(() -> {
            Mono<ReactiveRedisConnection> known = current.getAndSet(null);
            return known == null ? Mono.empty() : known.flatMap(ReactiveRedisConnection::closeLater);
        });
    }

    private Mono<ReactiveRedisConnection> opened() {
        Mono<ReactiveRedisConnection> opening = Mono.fromCallable(factory::getReactiveConnection)
                .subscribeOn(Schedulers.boundedElastic())
                .doOnError(error -> current.set(null))
                .cache();
        Mono<ReactiveRedisConnection> known = current.compareAndExchange(null, opening);
        return known != null ? known : opening;
    }
}
