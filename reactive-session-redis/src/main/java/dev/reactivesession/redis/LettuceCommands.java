package dev.reactivesession.redis;

import io.lettuce.core.output.CommandOutput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Sends commands over connections of our own, for as long as the application's factory runs. */
final class LettuceCommands implements Commands, Disposable {

    private final LettuceConnectionFactory factory;

    private final Duration timeout;

    private final Availability availability;

    private final AtomicReference<@Nullable Links> current = new AtomicReference<>();

    LettuceCommands(LettuceConnectionFactory factory, Duration timeout, Availability availability) {
        this.factory = factory;
        this.timeout = timeout;
        this.availability = availability;
    }

    @Override
    public Mono<byte[]> get(byte[] key) {
        return send(Request.get(key)).onErrorMap(RedisErrors::typed);
    }

    @Override
    public Mono<Long> number(Script script, List<byte[]> keys, byte[]... arguments) {
        return run(script, Request::number, keys, arguments);
    }

    @Override
    public Mono<byte[]> text(Script script, List<byte[]> keys, byte[]... arguments) {
        return run(script, Request::bytes, keys, arguments);
    }

    @Override
    public Mono<Long> publish(byte[] channel, byte[] message) {
        return send(Request.publish(channel, message)).onErrorMap(RedisErrors::typed);
    }

    @Override
    public Mono<Long> time() {
        return send(Request.time()).map(LettuceCommands::millis).onErrorMap(RedisErrors::typed);
    }

    @Override
    public Mono<String> info(String section) {
        return send(Request.info(section))
                .map(text -> new String(text, StandardCharsets.UTF_8))
                .onErrorMap(RedisErrors::typed);
    }

    @Override
    public void dispose() {
        Links links = current.getAndSet(null);
        if (links != null) {
            links.dispose();
        }
    }

    private <T> Mono<T> run(
            Script script, Supplier<CommandOutput<byte[], byte[], T>> output, List<byte[]> keys, byte[]... arguments) {
        Mono<T> known = send(Request.known(script, output, keys, arguments));
        Mono<T> whole = Mono.defer(() -> send(Request.whole(script, output, keys, arguments)));
        return known.onErrorResume(error -> RedisErrors.recovered(error, known, whole));
    }

    private <T> Mono<T> send(Request<T> request) {
        return Mono.defer(() -> links().send(request));
    }

    private Links links() {
        Links links = current.get();
        if (links != null && links.areCurrent()) {
            return links;
        }
        Links fresh = new Links(new OwnClients(factory, timeout), availability);
        if (!current.compareAndSet(links, fresh)) {
            return links();
        }
        if (links != null) {
            links.dispose();
        }
        return fresh;
    }

    private static long millis(List<byte[]> time) {
        Function<byte[], Long> number = digits -> Long.parseLong(new String(digits, StandardCharsets.US_ASCII));
        return number.apply(time.get(0)) * 1000 + number.apply(time.get(1)) / 1000;
    }
}
