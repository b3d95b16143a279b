package dev.reactivesession.redis;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.data.redis.connection.ReactiveRedisConnection;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.connection.ReactiveScriptingCommands;
import org.springframework.data.redis.connection.ReturnType;
import reactor.core.publisher.Mono;

/** Sends commands over a connection that a factory of Spring Data gives, whatever driver it has. */
final class SpringCommands implements Commands {

    private final SharedConnection connection;

    private final Availability availability;

    SpringCommands(ReactiveRedisConnectionFactory factory, Availability availability) {
        this.connection = new SharedConnection(factory);
        this.availability = availability;
    }

    @Override
    public Mono<byte[]> get(byte[] key) {
        return guarded(connection
                .use(redis -> redis.stringCommands().get(ByteBuffer.wrap(key)))
                .map(SpringCommands::bytes));
    }

    @Override
    public Mono<Long> number(Script script, List<byte[]> keys, byte[]... arguments) {
        return run(script, ReturnType.INTEGER, keys, arguments);
    }

    @Override
    public Mono<byte[]> text(Script script, List<byte[]> keys, byte[]... arguments) {
        return this.<ByteBuffer>run(script, ReturnType.VALUE, keys, arguments).map(SpringCommands::bytes);
    }

    @Override
    public Mono<Long> publish(byte[] channel, byte[] message) {
        return guarded(connection.use(
                redis -> redis.pubSubCommands().publish(ByteBuffer.wrap(channel), ByteBuffer.wrap(message))));
    }

    @Override
    public Mono<Long> time() {
        return guarded(connection.use(redis -> redis.serverCommands().time()));
    }

    @Override
    public Mono<String> info(String section) {
        return guarded(connection.use(redis -> redis.serverCommands().info(section)))
                .map(SpringCommands::lines);
    }

    private <T> Mono<T> run(Script script, ReturnType type, List<byte[]> keys, byte[]... arguments) {
        ByteBuffer[] all = Stream.concat(keys.stream(), Stream.of(arguments))
                .map(ByteBuffer::wrap)
                .toArray(ByteBuffer[]::new);
        return guarded(connection.use(redis -> evaluate(redis, script, type, keys.size(), all)));
    }

    private static <T> Mono<T> evaluate(
            ReactiveRedisConnection redis, Script script, ReturnType type, int keys, ByteBuffer... all) {
        ReactiveScriptingCommands scripts = redis.scriptingCommands();
        Mono<T> known = scripts.<T>evalSha(script.digest(), type, keys, all).next();
        Mono<T> whole = Mono.defer(() ->
                scripts.<T>eval(ByteBuffer.wrap(script.text()), type, keys, all).next());
        return known.onErrorResume(error -> RedisErrors.recovered(error, known, whole));
    }

    /** Lets few through while Redis is away, and learns from how they end. */
    private <T> Mono<T> guarded(Mono<T> command) {
        Mono<T> watched = command.doOnSuccess(reply -> availability.answered()).onErrorResume(this::failed);
        return Mono.defer(() -> availability.isAway() ? availability.probe(watched) : watched);
    }

    private <T> Mono<T> failed(Throwable error) {
        if (RedisErrors.isAnswer(error)) {
            availability.answered();
            return Mono.error(RedisErrors.typed(error));
        }
        if (RedisErrors.isTimeout(error)) {
            availability.late();
            return Mono.error(RedisErrors.typed(error));
        }
        availability.unreachable();
        return connection.forget().onErrorComplete().then(Mono.error(RedisErrors.typed(error)));
    }

    private static byte[] bytes(ByteBuffer reply) {
        byte[] bytes = new byte[reply.remaining()];
        reply.duplicate().get(bytes);
        return bytes;
    }

    private static String lines(Properties properties) {
        return properties.stringPropertyNames().stream()
                .map(name -> name + ":" + properties.getProperty(name))
                .collect(Collectors.joining("\n"));
    }
}
