package dev.reactivesession.r2dbc;

import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Two nodes over one table, each with connections of its own. */
record Nodes(R2dbcSessionStore one, R2dbcSessionStore other) {

    static Nodes over(Supplier<ConnectionFactory> connections) {
        return over(connections, settings -> settings);
    }

    static Nodes over(Supplier<ConnectionFactory> connections, ConnectionFactoryOptions options) {
        R2dbcSessionSettings settings = Table.createdOn(connections.get());
        return new Nodes(
                R2dbcSessionStore.of(connections.get(), options, settings),
                R2dbcSessionStore.of(connections.get(), options, settings));
    }

    static Nodes over(Supplier<ConnectionFactory> connections, UnaryOperator<R2dbcSessionSettings> choice) {
        R2dbcSessionSettings settings = choice.apply(Table.createdOn(connections.get()));
        return new Nodes(
                R2dbcSessionStore.of(connections.get(), settings), R2dbcSessionStore.of(connections.get(), settings));
    }
}
