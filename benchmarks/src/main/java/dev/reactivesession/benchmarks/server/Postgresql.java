package dev.reactivesession.benchmarks.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL of its own on a free port of the loopback. Commits wait for its log, its log not for the disk. */
public final class Postgresql implements AutoCloseable {

    private final EmbeddedPostgres server;

    private Postgresql(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Starts one.
     *
     * @return the server, ready
     */
    public static Postgresql start() {
        try {
            Postgresql postgresql = new Postgresql(EmbeddedPostgres.builder()
                    .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("fsync", "off")
                    .setServerConfig("max_wal_size", "4GB")
                    .start());
            postgresql.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
            return postgresql;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The port.
     *
     * @return where it listens
     */
    public int port() {
        return server.getPort();
    }

    /**
     * What clients sent so far.
     *
     * @return statements, those that ask for this number aside
     */
    public long statements() {
        return number("SELECT coalesce(sum(calls), 0) FROM pg_stat_statements WHERE query NOT LIKE '%pg_stat%'");
    }

    /**
     * Asks for one number.
     *
     * @param query an SQL query of one row and column
     * @return the number
     */
    public long number(String query) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /**
     * Does something.
     *
     * @param command SQL
     */
    public void execute(String command) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        } catch (SQLException e) {
            throw new IllegalStateException(command, e);
        }
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
