package dev.reactivesession.r2dbc.boot;

import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.r2dbc.OptionsCapableConnectionFactory;

/**
 * Where a database is, for the log, and whether it is gone with this process.
 *
 * @param text its kind, host, port and name, never a password
 * @param isVolatile whether it is in the memory of this process
 */
record DatabasePlace(String text, boolean isVolatile) {

    private static final String H2_IN_MEMORY = "mem";

    static DatabasePlace of(ConnectionFactory connections) {
        String kind = connections.getMetadata().getName();
        OptionsCapableConnectionFactory known = OptionsCapableConnectionFactory.unwrapFrom(connections);
        return known == null ? new DatabasePlace(kind, false) : of(kind, known.getOptions());
    }

    private static DatabasePlace of(String kind, ConnectionFactoryOptions options) {
        String host = text(options, ConnectionFactoryOptions.HOST);
        String port = text(options, ConnectionFactoryOptions.PORT);
        String database = text(options, ConnectionFactoryOptions.DATABASE);
        boolean inMemory = H2_IN_MEMORY.equals(text(options, ConnectionFactoryOptions.PROTOCOL));
        if (inMemory) {
            return new DatabasePlace(kind + " in memory, " + database, true);
        }
        String address = host.isEmpty() ? database : host + (port.isEmpty() ? "" : ":" + port) + "/" + database;
        return new DatabasePlace(kind + " at " + address, false);
    }

    private static String text(ConnectionFactoryOptions options, Option<?> option) {
        @Nullable Object value = options.getValue(option);
        return value == null ? "" : value.toString();
    }
}
