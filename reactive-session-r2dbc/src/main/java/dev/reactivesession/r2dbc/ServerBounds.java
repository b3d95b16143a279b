package dev.reactivesession.r2dbc;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import io.r2dbc.spi.Result;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The bounds that a server keeps on a connection.
 *
 * @param lock for the wait for a lock
 * @param statement for a statement
 * @param byIndex whether every statement finds its rows by an index. PostgreSQL keeps the plan of a prepared statement,
 *     and one made for a table of a few rows may read all of it, still when it has many
 */
record ServerBounds(Duration lock, Duration statement, boolean byIndex) {

    private static final Option<Object> PARAMETERS = Option.valueOf("options");

    private static final String SEQUENTIAL = "enable_seqscan";

    private static final String OFF = "off";

    ConnectionFactoryOptions in(ConnectionFactoryOptions options) {
        ConnectionFactoryOptions.Builder bounded = options.mutate()
                .option(ConnectionFactoryOptions.LOCK_WAIT_TIMEOUT, lock)
                .option(ConnectionFactoryOptions.STATEMENT_TIMEOUT, statement);
        return byIndex
                ? bounded.option(PARAMETERS, byIndex(options.getValue(PARAMETERS)))
                        .build()
                : bounded.build();
    }

    /** The driver takes parameters as a map, or as a text from a URL. */
    private static Object byIndex(@Nullable Object given) {
        if (given instanceof String text) {
            return text + ";" + SEQUENTIAL + "=" + OFF;
        }
        Map<Object, Object> parameters = new HashMap<>(given instanceof Map<?, ?> map ? map : Map.of());
        parameters.put(SEQUENTIAL, OFF);
        return parameters;
    }

    Mono<Void> on(Connection connection) {
        return Mono.from(connection.setLockWaitTimeout(lock))
                .then(Mono.from(connection.setStatementTimeout(statement)))
                .then(byIndex ? set(connection, SEQUENTIAL + " = " + OFF) : Mono.empty());
    }

    private static Mono<Void> set(Connection connection, String setting) {
        return Flux.from(connection.createStatement("set " + setting).execute())
                .flatMap(Result::getRowsUpdated)
                .then();
    }
}
