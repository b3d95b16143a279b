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
 * The table of the sessions: creates it, brings an older one up to date, or says what is wrong with the one that is
 * there. The scripts lie beside this
 * class, for Flyway, Liquibase and people. The comment of the table says its version.
 */
public final class SessionSchema {

    private final Dialect dialect;

    private final TableName table;

    private final String script;

    private final Database database;

    private SessionSchema(Dialect dialect, ConnectionFactory connections, R2dbcSessionSettings settings) {
        this.dialect = dialect;
        this.table = TableName.of(settings);
        this.script = table.inPlaceOfDefault(resource(dialect.script()));
        this.database = dialect.schemaDatabase(connections, settings);
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
     * Creates table, indexes and view if the table is not there, and brings a table of an earlier version up to date.
     * Any number of nodes may do it at once: they take turns under an advisory lock. A table of a later version that
     * says that this release can work with it is left as it is. Starts on subscription. Fails with {@link
     * SessionException.Misconfigured} when the table is not one that this release can work with, or when the user may
     * not create it.
     *
     * @return completes when the table is there
     */
    public Mono<Void> create() {
        return database.<Void>withConnection(connection -> transaction(
                        connection,
                        Database.run(connection, dialect.lock())
                                .then(found(connection))
                                .flatMap(there -> prepare(there, connection))))
                .onErrorMap(Failures::isNotAllowed, this::mayNotCreate);
    }

    /**
     * Reads the version of the table. Starts on subscription. Fails with {@link SessionException.Misconfigured} when
     * it is not there, or is not one that this release can work with.
     *
     * @return completes when the table is the right one
     */
    public Mono<Void> check() {
        return database.withConnection(this::found)
                .flatMap(there -> there.serves(dialect.version()) ? Mono.empty() : Mono.error(complaint(there)));
    }

    /**
     * The script that {@link #create()} runs, with the table and schema of the settings.
     *
     * @return SQL
     */
    public String script() {
        return script;
    }

    private Mono<Void> prepare(Found there, Connection connection) {
        if (there.serves(dialect.version())) {
            return Mono.empty();
        }
        return there.isAbsentOrOlder(dialect.version())
                ? Database.run(connection, script)
                : Mono.error(complaint(there));
    }

    private Mono<Found> found(Connection connection) {
        return Database.rows(connection, dialect.found(table), statement -> statement, Found::of)
                .single();
    }

    private SessionException complaint(Found there) {
        return new SessionException.Misconfigured(
                there.table()
                        ? "table " + table + " is marked '" + there.comment() + "', but this release needs "
                                + "'reactive-session schema " + dialect.version() + "': apply " + dialect.scriptPath()
                                + " to an older one, use a later release, or change " + R2dbcSessionSettings.TABLE
                        : "there is no table " + table + "; apply " + dialect.scriptPath()
                                + ", or set reactive-session.r2dbc.initialize-schema=always, or change "
                                + R2dbcSessionSettings.TABLE + " and " + R2dbcSessionSettings.SCHEMA,
                null);
    }

    private SessionException mayNotCreate(Throwable error) {
        return new SessionException.Misconfigured(
                "the user may not create table " + table + "; apply the script " + dialect.scriptPath()
                        + " as a user who may, grant this one select, insert, update and delete on the table, and set"
                        + " reactive-session.r2dbc.initialize-schema=never",
                error);
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

        boolean serves(int release) {
            return SchemaMark.parse(comment)
                    .filter(mark -> mark.serves(release))
                    .isPresent();
        }

        boolean isAbsentOrOlder(int release) {
            return !table
                    || SchemaMark.parse(comment)
                            .filter(mark -> mark.isOlderThan(release))
                            .isPresent();
        }
    }
}
