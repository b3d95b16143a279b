package dev.reactivesession.redis;

import dev.reactivesession.SessionException;
import dev.reactivesession.store.TimeLimit;
import io.lettuce.core.RedisNoScriptException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.stream.Stream;
import org.springframework.data.redis.connection.ReactiveRedisConnection;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.connection.ReactiveScriptingCommands;
import org.springframework.data.redis.connection.ReactiveSubscription;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.data.redis.connection.SubscriptionListener;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** Sends commands: one at a time, bounded in time, with typed errors. Every reply is a single element. */
final class Commands {

    /** A slot whose keys are half here and half there takes no script over several of them. */
    private static final Duration WHILE_SLOTS_MOVE = Duration.ofMillis(10);

    private final Connection connection;

    private final TimeLimit limit;

    private Commands(Connection connection, TimeLimit limit) {
        this.connection = connection;
        this.limit = limit;
    }

    static Commands over(ReactiveRedisConnectionFactory connections, RedisSessionSettings settings) {
        return new Commands(new Connection(connections), new TimeLimit(settings.timeout(), Schedulers.parallel()));
    }

    Mono<ByteBuffer> get(ByteBuffer key) {
        return bounded(connection.use(redis -> redis.stringCommands().get(key)));
    }

    Mono<Long> number(Script script, Collection<ByteBuffer> keys, ByteBuffer... arguments) {
        return run(script, ReturnType.INTEGER, keys, arguments);
    }

    Mono<ByteBuffer> text(Script script, Collection<ByteBuffer> keys, ByteBuffer... arguments) {
        return run(script, ReturnType.VALUE, keys, arguments);
    }

    Mono<Long> publish(ByteBuffer channel, ByteBuffer message) {
        return bounded(connection.use(redis -> redis.pubSubCommands().publish(channel, message)));
    }

    /** Over a connection of its own, which is closed when nobody listens any more. */
    Flux<ByteBuffer> messages(ByteBuffer channel) {
        return Flux.usingWhen(
                        bounded(connection.another()),
                        redis -> bounded(redis.pubSubCommands()
                                        .createSubscription(SubscriptionListener.NO_OP_SUBSCRIPTION_LISTENER))
                                .flatMapMany(subscription -> messages(subscription, channel)),
                        ReactiveRedisConnection::closeLater)
                .onErrorMap(error -> !(error instanceof SessionException), RedisErrors::typed);
    }

    /** Listens before it asks, so that it misses nothing that Redis sends after its answer. */
    private Flux<ByteBuffer> messages(ReactiveSubscription subscription, ByteBuffer channel) {
        return subscription
                .receive()
                .map(ReactiveSubscription.Message::getMessage)
                .mergeWith(bounded(subscription.subscribe(channel)).then(Mono.empty()));
    }

    /** Bounds what consists of several commands as if it were one. */
    <T> Mono<T> bounded(Mono<T> operation) {
        return limit.on(operation, this::late)
                .onErrorResume(error -> !(error instanceof SessionException), this::failed);
    }

    private <T> Mono<T> run(Script script, ReturnType type, Collection<ByteBuffer> keys, ByteBuffer... arguments) {
        ByteBuffer[] all = Stream.concat(keys.stream(), Stream.of(arguments)).toArray(ByteBuffer[]::new);
        return bounded(connection.use(redis -> evaluate(redis, script, type, keys.size(), all)));
    }

    private static <T> Mono<T> evaluate(
            ReactiveRedisConnection redis, Script script, ReturnType type, int keys, ByteBuffer... all) {
        ReactiveScriptingCommands scripts = redis.scriptingCommands();
        Mono<T> once = scripts.<T>evalSha(script.digest(), type, keys, all)
                .next()
                .onErrorResume(
                        error -> error.getCause() instanceof RedisNoScriptException,
                        error -> scripts.<T>eval(script.text(), type, keys, all).next());
        return once.onErrorResume(RedisErrors::isTryAgain, error -> again(once));
    }

    private static <T> Mono<T> again(Mono<T> once) {
        return once.delaySubscription(WHILE_SLOTS_MOVE)
                .retryWhen(Retry.indefinitely().filter(RedisErrors::isTryAgain));
    }

    private SessionException late() {
        return new SessionException.Unavailable(
                "Redis did not answer within " + limit.bound() + ", the bound that reactive-session.redis.timeout sets",
                null);
    }

    private <T> Mono<T> failed(Throwable error) {
        SessionException typed = RedisErrors.typed(error);
        return typed instanceof SessionException.Unavailable
                ? connection.forget().onErrorComplete().then(Mono.error(typed))
                : Mono.error(typed);
    }
}
