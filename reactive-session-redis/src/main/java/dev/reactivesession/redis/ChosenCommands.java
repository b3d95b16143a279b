package dev.reactivesession.redis;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Sends commands over connections of our own where the factory of the application can be followed, and over the
 * factory's where it cannot. Only a factory that was started can tell, so it is asked by the first command.
 */
final class ChosenCommands implements Commands, Disposable {

    private final LettuceConnectionFactory factory;

    private final LettuceCommands own;

    private final Commands otherwise;

    private final Mono<Commands> choosing = Mono.fromCallable(this::choose)
            .subscribeOn(Schedulers.boundedElastic())
            .onErrorMap(RedisErrors::typed)
            .cacheInvalidateIf(choice -> false);

    private volatile @Nullable Commands chosen;

    ChosenCommands(LettuceConnectionFactory factory, LettuceCommands own, Commands otherwise) {
        this.factory = factory;
        this.own = own;
        this.otherwise = otherwise;
    }

    @Override
    public Mono<byte[]> get(byte[] key) {
        return with(commands -> commands.get(key));
    }

    @Override
    public Mono<Long> number(Script script, List<byte[]> keys, byte[]... arguments) {
        return with(commands -> commands.number(script, keys, arguments));
    }

    @Override
    public Mono<byte[]> text(Script script, List<byte[]> keys, byte[]... arguments) {
        return with(commands -> commands.text(script, keys, arguments));
    }

    @Override
    public Mono<Long> publish(byte[] channel, byte[] message) {
        return with(commands -> commands.publish(channel, message));
    }

    @Override
    public Mono<Long> time() {
        return with(Commands::time);
    }

    @Override
    public Mono<String> info(String section) {
        return with(commands -> commands.info(section));
    }

    @Override
    public void dispose() {
        own.dispose();
    }

    private <T> Mono<T> with(Function<Commands, Mono<T>> command) {
        Commands known = chosen;
        return known != null ? command.apply(known) : choosing.flatMap(command);
    }

    private Commands choose() {
        Commands choice = FollowedFactory.tells(factory) ? own : otherwise;
        chosen = choice;
        return choice;
    }
}
