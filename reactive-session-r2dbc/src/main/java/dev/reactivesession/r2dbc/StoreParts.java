package dev.reactivesession.r2dbc;

import dev.reactivesession.store.SessionSignals;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The parts of a store, which share its connections.
 *
 * @param rows for operations on one session
 * @param slow for statements over many sessions
 * @param many the operations that are such statements
 * @param sql the statements
 * @param form the form of a record in a row
 * @param signals the channel between nodes
 */
record StoreParts(
        SessionRows rows,
        Database slow,
        ManySessions many,
        RowStatements sql,
        RecordRows form,
        SessionSignals signals) {

    static StoreParts of(
            ConnectionFactory connections, @Nullable ConnectionFactoryOptions options, R2dbcSessionSettings settings) {
        Dialect dialect = Dialect.of(connections);
        Optional<OwnSource> own =
                settings.connections() == 0 ? Optional.empty() : OwnSource.behind(connections, options);
        return own.map(source -> onOwn(dialect, source, settings))
                .orElseGet(() -> onBorrowed(dialect, connections, settings));
    }

    private static StoreParts onOwn(Dialect dialect, OwnSource source, R2dbcSessionSettings settings) {
        LaneLayout lanes = new LaneLayout(source, settings);
        SessionRows rows = lanes.rows(dialect.failures(settings));
        Mono<Connection> opening =
                source.opening(new ServerBounds(settings.statementTimeout(), settings.statementTimeout(), false));
        return of(dialect, rows, lanes.slow(dialect.slowFailures(settings)), opening, source.form(), settings);
    }

    private static StoreParts onBorrowed(
            Dialect dialect, ConnectionFactory connections, R2dbcSessionSettings settings) {
        Database database = dialect.database(connections, dialect.failures(settings));
        Database slow = dialect.database(connections, dialect.slowFailures(settings));
        RowStatements sql = dialect.rowStatements(
                TableName.of(settings), dialect.lockBound(settings.statementTimeout()), dialect.form());
        return of(
                dialect,
                new SeparateRows(database, new SingleStatements(sql, new RecordRows(dialect.form()))),
                slow,
                Mono.from(connections.create()).map(Connection.class::cast),
                dialect.form(),
                settings);
    }

    private static StoreParts of(
            Dialect dialect,
            SessionRows rows,
            Database slow,
            Mono<Connection> listening,
            WireForm form,
            R2dbcSessionSettings settings) {
        TableName table = TableName.of(settings);
        return new StoreParts(
                rows,
                slow,
                dialect.manySessions(slow, table),
                dialect.rowStatements(table, "", form),
                new RecordRows(form),
                dialect.signals(slow, listening, dialect.failures(settings), table));
    }

    boolean hasOwnConnections() {
        return rows instanceof RowLanes;
    }

    Mono<Void> close() {
        return rows.close();
    }
}
