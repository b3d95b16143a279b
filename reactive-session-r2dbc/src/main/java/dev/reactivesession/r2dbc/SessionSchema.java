package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionException;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The table of the sessions: creates it, or says what is wrong with the one that is there. The scripts lie beside this class, for Flyway, Liquibase
 * and people. The version of the schema is in the comment of the table.
 */
public final class SessionSchema {

    /** The version of the schema that this release works with. */
    public static final int VERSION = 1;

    private static final String MARK = "reactive-session schema " + VERSION;

    private final Dialect dialect;

    private final TableName table;

    private final String script;

    private final Database database;

    private SessionSchema(Dialect dialect, ConnectionFactory connections, R2dbcSessionSettings settings) {
        this.dialect = dialect;
        this.table = TableName.of(settings);
        this.script = table.inPlaceOfDefault(resource(dialect.script()));
        this.database = dialect.schemaDatabase(connections, table, settings.sweepTimeout());
    }

    /**
     * The schema that a store with the same settings works on.
     *
     * @param connections to PostgreSQL or H2
     * @param settings table, schema and bounds
     * @return the schema; nothing is read or created yet
     */
    public static SessionSchema of(ConnectionFactory connections, R2dbcSessionSettings settings) {
        return new SessionSchema(Dialect.of(connections), connections, settings);
    }

    /**
     * Creates table, indexes and view if the table is not there. Any number of nodes may do it at once: the first creates, under an advisory lock,
     * and the others find it done. Starts on subscription. Fails with {@link SessionException.Misconfigured} when the table is of another version,
     * or the user may not create it.
     *
     * @return completes when the table is there
     */
    public Mono<Void> create() {
        return database.withConnection(connection -> transaction(
                connection,
                Database.run(connection, dialect.lock())
                        .then(found(connection))
                        .flatMap(there -> createUnless(there, connection))));
    }

    /**
     * Reads the version of the table. Starts on subscription. Fails with {@link SessionException.Misconfigured} when it is not there, or not of
     * {@link #VERSION}.
     *
     * @return completes when the table is the right one
     */
    public Mono<Void> check() {
        return database.withConnection(this::found).flatMap(this::accept);
    }

    /**
     * The script that {@link #create()} runs, in terms of the table and schema of the settings.
     *
     * @return SQL
     */
    public String script() {
        return script;
    }

    private Mono<Void> createUnless(Found there, Connection connection) {
        return there.table() ? accept(there) : Database.run(connection, script);
    }

    private Mono<Found> found(Connection connection) {
        return Database.rows(connection, dialect.found(table), statement -> statement, Found::of)
                .single();
    }

    private Mono<Void> accept(Found there) {
        return MARK.equals(there.comment()) ? Mono.empty() : Mono.error(() -> complaint(there));
    }

    private SessionException complaint(Found there) {
        return new SessionException.Misconfigured(
                there.table()
                        ? "table " + table + " is marked '" + there.comment() + "', but this release needs '" + MARK
                                + "': bring it up to date with " + dialect.script() + ", or change "
                                + R2dbcSessionSettings.TABLE
                        : "there is no table " + table + "; apply " + dialect.script()
                                + ", or set reactive-session.r2dbc.initialize-schema=always, or change "
                                + R2dbcSessionSettings.TABLE + " and " + R2dbcSessionSettings.SCHEMA,
                null);
    }

    private static Mono<Void> transaction(Connection connection, Mono<Void> work) {
        return Mono.usingWhen(
                Mono.from(connection.beginTransaction()).thenReturn(connection),
                begun -> work,
                Connection::commitTransaction,
                (begun, error) -> begun.rollbackTransaction(),
                Connection::rollbackTransaction);
    }

    private static String resource(String name) {
        try (InputStream script = SessionSchema.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(script, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Found(boolean table, @Nullable String comment) {

        static Found of(Row row) {
            return new Found(RecordRows.column(row, 0, Boolean.class), row.get(1, String.class));
        }
    }
}
