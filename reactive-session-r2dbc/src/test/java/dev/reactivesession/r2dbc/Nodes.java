package dev.reactivesession.r2dbc;

import io.r2dbc.spi.ConnectionFactory;
import java.util.function.Supplier;

/** Two nodes over one table, each with connections of its own. */
record Nodes(R2dbcSessionStore one, R2dbcSessionStore other) {

    static Nodes over(Supplier<ConnectionFactory> connections) {
        R2dbcSessionSettings settings = Table.createdOn(connections.get());
        return new Nodes(
                R2dbcSessionStore.of(connections.get(), settings), R2dbcSessionStore.of(connections.get(), settings));
    }
}
