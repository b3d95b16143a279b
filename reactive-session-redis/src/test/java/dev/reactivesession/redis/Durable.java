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
import java.time.Duration;

/** A PostgreSQL of its own, to lie behind Redis. */
record Durable(EmbeddedPostgres server) implements AutoCloseable {

    static Durable start() {
        try {
            Durable durable = new Durable(EmbeddedPostgres.start());
            SessionSchema.of(durable.connections(), R2dbcSessionSettings.defaults())
                    .create()
                    .block(Duration.ofSeconds(30));
            return durable;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    R2dbcSessionStore store() {
        return R2dbcSessionStore.of(
                new ConnectionPool(ConnectionPoolConfiguration.builder(connections())
                        .initialSize(0)
                        .maxSize(10)
                        .build()),
                R2dbcSessionSettings.defaults());
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
