package dev.reactivesession.r2dbc;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import io.r2dbc.spi.Wrapped;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Makes connections of the store's own beside those of the application's pool. That can be done when the
 * application's factory is the driver's, alone or in layers that only pool. One that routes, observes or decorates is
 * not passed by.
 */
final class OwnSource {

    private static final Logger LOG = Loggers.getLogger(OwnSource.class);

    private static final String DRIVER_FACTORY = "io.r2dbc.postgresql.PostgresqlConnectionFactory";

    private static final Set<String> TRANSPARENT =
            Set.of("io.r2dbc.pool.ConnectionPool", "org.springframework.boot.r2dbc.OptionsCapableConnectionFactory");

    private static final Option<Boolean> TCP_KEEP_ALIVE = Option.valueOf("tcpKeepAlive");

    private static final Option<Boolean> BINARY_RESULTS = Option.valueOf("forceBinary");

    private final ConnectionFactory driver;

    private final @Nullable ConnectionFactoryOptions options;

    private final AtomicBoolean refused = new AtomicBoolean();

    private OwnSource(ConnectionFactory driver, @Nullable ConnectionFactoryOptions options) {
        this.driver = driver;
        this.options = options;
    }

    /**
     * The source of connections beside a factory.
     *
     * @param given the application's factory
     * @param options from which it was made, when they are known
     * @return empty for a factory that is not to be passed by
     */
    static Optional<OwnSource> behind(ConnectionFactory given, @Nullable ConnectionFactoryOptions options) {
        Object layer = given;
        while (TRANSPARENT.contains(layer.getClass().getName()) && layer instanceof Wrapped<?> wrapper) {
            layer = wrapper.unwrap();
        }
        return layer instanceof ConnectionFactory driver
                        && DRIVER_FACTORY.equals(layer.getClass().getName())
                ? Optional.of(new OwnSource(driver, options))
                : Optional.empty();
    }

    /**
     * Opens a connection whose server ends statements and waits for locks by itself.
     *
     * @param bounds of the server
     */
    Mono<Connection> opening(ServerBounds bounds) {
        if (options == null) {
            return bounded(bounds);
        }
        ConnectionFactoryOptions suited = suited(options);
        ConnectionFactory bounded = ConnectionFactories.get(bounds.in(suited));
        Mono<Connection> unbounded = Mono.from(ConnectionFactories.get(suited).create());
        return Mono.defer(() -> refused.get()
                ? unbounded
                : Mono.<Connection>from(bounded.create())
                        .onErrorResume(Failures::isRefusedStartUp, refusal -> unbounded.doFirst(() -> tell(refusal))));
    }

    /** The form in which records come over these connections. */
    WireForm form() {
        return options == null ? WireForm.TEXT : WireForm.BINARY;
    }

    private static ConnectionFactoryOptions suited(ConnectionFactoryOptions options) {
        return options.mutate()
                .option(ConnectionFactoryOptions.DRIVER, "postgresql")
                .option(TCP_KEEP_ALIVE, true)
                .option(BINARY_RESULTS, true)
                .build();
    }

    // PgBouncer refuses the parameters, and could not keep them to this connection.
    private void tell(Throwable refusal) {
        if (refused.compareAndSet(false, true)) {
            LOG.warn(
                    "the server does not take lock_timeout, statement_timeout and enable_seqscan when a connection"
                            + " starts, so it will not end statements by itself; is it a pooler? Set them for the role"
                            + " of the sessions",
                    refusal);
        }
    }

    private Mono<Connection> bounded(ServerBounds bounds) {
        return Mono.usingWhen(
                driver.create(),
                connection -> bounds.on(connection).thenReturn((Connection) connection),
                connection -> Mono.empty(),
                (connection, error) -> connection.close(),
                Connection::close);
    }
}
