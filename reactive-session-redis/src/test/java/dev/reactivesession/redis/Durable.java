package dev.reactivesession.redis;

import dev.reactivesession.r2dbc.R2dbcSessionSettings;
import dev.reactivesession.r2dbc.R2dbcSessionStore;
import dev.reactivesession.r2dbc.SessionSchema;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A PostgreSQL of its own, to lie behind Redis. */
record Durable(EmbeddedPostgres server, Path directory) implements AutoCloseable {

    static Durable start() {
        try {
            Durable durable = in(Files.createTempDirectory("reactive-session-postgresql"));
            SessionSchema.of(durable.connections(), R2dbcSessionSettings.defaults())
                    .create()
                    .block(Duration.ofSeconds(30));
            return durable;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same data, served again. */
    Durable again() {
        try {
            return in(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Durable in(Path directory) throws IOException {
        return new Durable(
                EmbeddedPostgres.builder()
                        .setDataDirectory(directory)
                        .setCleanDataDirectory(false)
                        .start(),
                directory);
    }

    R2dbcSessionStore store() {
        return store(R2dbcSessionSettings.defaults());
    }

    R2dbcSessionStore store(R2dbcSessionSettings settings) {
        return R2dbcSessionStore.of(
                new ConnectionPool(ConnectionPoolConfiguration.builder(connections())
                        .initialSize(0)
                        .maxSize(10)
                        .build()),
                settings);
    }

    private ConnectionFactory connections() {
        return ConnectionFactories.get(
                "r2dbc:postgresql://postgres:postgres@127.0.0.1:" + server.getPort() + "/postgres");
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
