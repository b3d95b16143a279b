package dev.reactivesession.redis;

import dev.reactivesession.SessionException;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * The connections to Redis that the stores of one application share. They go where a connection factory of the
 * application goes, and are its own only where it is not the one of Lettuce: no command of the application waits
 * behind one of ours, or the reverse. Disposing of them closes ours.
 */
public final class RedisConnections implements Disposable {

    private final Commands commands;

    private final TimeBound bound;

    private final RedisSessionSettings settings;

    private final ReactiveRedisConnectionFactory factory;

    private RedisConnections(
            Commands commands, TimeBound bound, RedisSessionSettings settings, ReactiveRedisConnectionFactory factory) {
        this.commands = commands;
        this.bound = bound;
        this.settings = settings;
        this.factory = factory;
    }

    /**
     * Connects to nothing yet.
     *
     * @param factory where Redis is
     * @param settings the bound for one operation
     * @return connections; what uses them may have another key prefix
     */
    public static RedisConnections of(ReactiveRedisConnectionFactory factory, RedisSessionSettings settings) {
        Availability availability = new Availability(settings.timeout(), System::nanoTime);
        return new RedisConnections(
                commands(factory, settings, availability),
                new TimeBound(settings.timeout(), availability),
                settings,
                factory);
    }

    /**
     * Connects, so that the first visitor does not wait for it, and looks whether the server may evict sessions, which
     * is a warning in the log. Nothing happens before subscription, and once is enough.
     *
     * @return completes when Redis has answered; {@link SessionException.Unavailable} when it did not in time, and
     *     then the first operation connects
     */
    public Mono<Void> connect() {
        return new WarmUp(bounded(), RedisKeys.of(settings), settings).run();
    }

    @Override
    public void dispose() {
        if (commands instanceof Disposable ours) {
            ours.dispose();
        }
    }

    /** Commands whose time is bounded by the operation that they are part of. */
    Commands commands() {
        return commands;
    }

    /** Commands that are bounded in time each. */
    Commands bounded() {
        return new BoundedCommands(commands, bound);
    }

    <T> Mono<T> bounded(Mono<T> operation) {
        return bound.on(operation);
    }

    ReactiveRedisConnectionFactory factory() {
        return factory;
    }

    static long anyWrite() {
        return ThreadLocalRandom.current().nextLong();
    }

    private static Commands commands(
            ReactiveRedisConnectionFactory factory, RedisSessionSettings settings, Availability availability) {
        Commands spring = new SpringCommands(factory, availability);
        return factory instanceof LettuceConnectionFactory lettuce
                ? new ChosenCommands(lettuce, new LettuceCommands(lettuce, settings.timeout(), availability), spring)
                : spring;
    }
}
