package dev.reactivesession.r2dbc;

import static io.r2dbc.spi.ConnectionFactoryOptions.DATABASE;
import static io.r2dbc.spi.ConnectionFactoryOptions.DRIVER;
import static io.r2dbc.spi.ConnectionFactoryOptions.HOST;
import static io.r2dbc.spi.ConnectionFactoryOptions.PASSWORD;
import static io.r2dbc.spi.ConnectionFactoryOptions.PORT;
import static io.r2dbc.spi.ConnectionFactoryOptions.USER;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The server of this test run: an embedded one, or the one that the environment variable names by an R2DBC URL. */
final class Postgresql {

    private static final @Nullable String EXTERNAL = System.getenv("REACTIVE_SESSION_TEST_POSTGRES");

    private static final ConnectionFactoryOptions OPTIONS = EXTERNAL == null ? embedded() : external(EXTERNAL);

    private Postgresql() {}

    static ConnectionFactoryOptions options() {
        return OPTIONS;
    }

    static ConnectionFactory connections() {
        return ConnectionFactories.get(OPTIONS);
    }

    static ConnectionPool pool(int size) {
        return pool(connections(), size);
    }

    static ConnectionPool pool(ConnectionFactory connections, int size) {
        return new ConnectionPool(ConnectionPoolConfiguration.builder(connections)
                .initialSize(0)
                .maxSize(size)
                .maxIdleTime(Duration.ofMinutes(5))
                .build());
    }

    private static ConnectionFactoryOptions embedded() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("fsync", System.getProperty("test.server.fsync", "off"))
                    .setServerConfig("max_wal_size", "4GB")
                    .setPGStartupWait(Duration.ofMinutes(1))
                    .start();
            return options(server.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // The first socket of a JVM reads a file of network settings, and BlockHound would find that on an event loop.
    private static ConnectionFactoryOptions external(String url) {
        try (SocketChannel first = SocketChannel.open()) {
            first.socket();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ConnectionFactoryOptions.parse(url);
    }

    static ConnectionFactoryOptions options(int port) {
        return ConnectionFactoryOptions.builder()
                .option(DRIVER, "postgresql")
                .option(HOST, "127.0.0.1")
                .option(PORT, port)
                .option(USER, "postgres")
                .option(PASSWORD, "postgres")
                .option(DATABASE, "postgres")
                .build();
    }
}
