package dev.reactivesession.redis.boot;

import dev.reactivesession.SessionException;
import dev.reactivesession.redis.RedisConnections;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.function.SingletonSupplier;
import reactor.core.publisher.Mono;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * The connections of this application's stores, if any store is in Redis: opened before the server takes requests, and
 * closed when the application ends. A Redis that is away only delays the start, and is a warning in the log.
 */
final class RedisSessionConnections implements SmartLifecycle {

    /** After the connection factory of Lettuce, and long before the server. */
    private static final int PHASE = 1_000;

    private static final Logger LOG = Loggers.getLogger(RedisSessionConnections.class);

    private final SingletonSupplier<RedisConnections> connections;

    private volatile @Nullable RedisConnections used;

    private volatile boolean running;

    RedisSessionConnections(Supplier<RedisConnections> connections) {
        this.connections = SingletonSupplier.of(connections);
    }

    RedisConnections get() {
        RedisConnections current = connections.obtain();
        used = current;
        return current;
    }

    @Override
    public void start() {
        running = true;
        RedisConnections current = used;
        if (current != null) {
            // the one thread that starts the application waits here, so that no visitor has to
            current.connect()
                    .onErrorResume(SessionException.class, RedisSessionConnections::away)
                    .block();
        }
    }

    @Override
    public void stop() {
        running = false;
        RedisConnections current = used;
        if (current != null) {
            current.dispose();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private static Mono<Void> away(SessionException error) {
        LOG.warn(
                "Redis could not be asked while the application started; requests that use a session fail until it"
                        + " answers",
                error);
        return Mono.empty();
    }
}
