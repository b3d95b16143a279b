package dev.reactivesession.r2dbc.boot;

import dev.reactivesession.SessionException;
import dev.reactivesession.r2dbc.R2dbcSessionSettings;
import dev.reactivesession.r2dbc.R2dbcSessionStore;
import dev.reactivesession.r2dbc.SessionSchema;
import dev.reactivesession.r2dbc.boot.R2dbcSessionProperties.Initialization;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Prepares the table and connects while the application starts, on the thread that starts it, which has to wait; and
 * closes the store's connections when it stops. A database that is away does not fail the start: the store connects,
 * and creates its table, when it is used.
 */
final class StoreLifecycle implements DisposableBean {

    private static final Logger LOG = Loggers.getLogger(StoreLifecycle.class);

    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Initialization initialization;

    private final List<R2dbcSessionStore> stores = new CopyOnWriteArrayList<>();

    StoreLifecycle(Initialization initialization) {
        this.initialization = initialization;
    }

    R2dbcSessionStore started(
            ConnectionFactory connections, @Nullable ConnectionFactoryOptions options, R2dbcSessionSettings settings) {
        SessionSchema schema = SessionSchema.of(connections, settings);
        R2dbcSessionStore plain = options == null
                ? R2dbcSessionStore.of(connections, settings)
                : R2dbcSessionStore.of(connections, options, settings);
        R2dbcSessionStore store = initialization == Initialization.ALWAYS ? plain.creating(schema) : plain;
        stores.add(store);
        Mono<Void> table = initialization == Initialization.ALWAYS ? schema.create() : schema.check();
        await(table.then(store.connect()).onErrorComplete(StoreLifecycle::isOutage), settings.sweepTimeout());
        return store;
    }

    private static void await(Mono<Void> work, Duration patience) {
        work.toFuture()
                .orTimeout(patience.toMillis() + 1000, TimeUnit.MILLISECONDS)
                .join();
    }

    private static boolean isOutage(Throwable error) {
        if (error instanceof SessionException.Unavailable) {
            LOG.warn(
                    "the database of the sessions does not answer; the application starts without it, and the store"
                            + " connects when it is used",
                    error);
            return true;
        }
        return false;
    }

    @Override
    public void destroy() {
        await(
                Flux.fromIterable(stores)
                        .flatMap(R2dbcSessionStore::close)
                        .then()
                        .timeout(FAREWELL)
                        .onErrorComplete(),
                FAREWELL);
    }
}
