package dev.reactivesession.r2dbc;

import static dev.reactivesession.r2dbc.RecordRows.key;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.AllSessions;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionsByPrincipal;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps records in a table of PostgreSQL, or of an embedded H2, one row a session. Every operation on one session is one statement in auto-commit:
 * one round trip on a pooled connection. Each takes a connection of its own from the factory, so none takes part in a transaction of the caller.
 */
public final class R2dbcSessionStore implements SessionStore, ExpiredSessions, SessionsByPrincipal, AllSessions {

    private static final int RECORDS_AHEAD = 64;

    private final Database database;

    private final Database slowDatabase;

    private final RowStatements sql;

    private final RecordRows rows;

    private final ManySessions many;

    private R2dbcSessionStore(Dialect dialect, ConnectionFactory connections, R2dbcSessionSettings settings) {
        TableName table = TableName.of(settings);
        this.database = dialect.database(
                connections, table, settings.statementTimeout(), R2dbcSessionSettings.STATEMENT_TIMEOUT);
        this.slowDatabase =
                dialect.database(connections, table, settings.sweepTimeout(), R2dbcSessionSettings.SWEEP_TIMEOUT);
        this.sql = dialect.rowStatements(table);
        this.rows = dialect.recordRows();
        this.many = dialect.manySessions(slowDatabase, table);
    }

    /**
     * Keeps records in the default table.
     *
     * @param connections to PostgreSQL or H2; best a pool
     * @return the store; the table must exist, see {@link SessionSchema}
     */
    public static R2dbcSessionStore of(ConnectionFactory connections) {
        return of(connections, R2dbcSessionSettings.defaults());
    }

    /**
     * Keeps records where the settings say.
     *
     * @param connections to PostgreSQL or H2; best a pool
     * @param settings table, schema and bounds
     * @return the store; the table must exist, see {@link SessionSchema}
     */
    public static R2dbcSessionStore of(ConnectionFactory connections, R2dbcSessionSettings settings) {
        return new R2dbcSessionStore(Dialect.of(connections), connections, settings);
    }

    @Override
    public Mono<SessionRecord> find(SessionId id) {
        return database.row(sql.find(), statement -> statement.bind(0, key(id)), rows::record);
    }

    @Override
    public Mono<Boolean> insert(SessionRecord record) {
        return changesRow(sql.insert(), statement -> rows.bind(statement, record))
                .onErrorResume(Failures::isDuplicateKey, exists -> Mono.just(false));
    }

    @Override
    public Mono<Boolean> update(SessionRecord record, long basedOn) {
        return changesRow(
                sql.update(),
                statement -> rows.bind(statement, record).bind(10, basedOn).bind(11, record.lastAccessedAt()));
    }

    @Override
    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return changesRow(
                sql.touch(),
                statement -> statement.bind(0, key(id)).bind(1, accessed).bind(2, expires));
    }

    @Override
    public Mono<Boolean> delete(SessionId id) {
        return changesRow(sql.delete(), statement -> statement.bind(0, key(id)));
    }

    @Override
    public Flux<SessionId> expired(Instant now) {
        return many.expired(now);
    }

    @Override
    public Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now) {
        return many.deleteExpired(ids, now);
    }

    @Override
    public Flux<SessionRecord> findByPrincipal(String principal) {
        return pageOf(principal, Keys.FIRST)
                .expand(page -> pageAfter(principal, page))
                .concatMapIterable(page -> page, 1);
    }

    private Mono<List<SessionRecord>> pageAfter(String principal, List<SessionRecord> page) {
        UUID next = page.size() < RECORDS_AHEAD
                ? null
                : Keys.after(key(page.get(page.size() - 1).id()));
        return next == null ? Mono.empty() : pageOf(principal, next);
    }

    private Mono<List<SessionRecord>> pageOf(String principal, UUID first) {
        return slowDatabase.rows(
                sql.pageOfPrincipal(),
                statement -> statement.bind(0, principal).bind(1, first).bind(2, RECORDS_AHEAD),
                rows::record);
    }

    @Override
    public Mono<Long> countByPrincipal(String principal) {
        return slowDatabase.row(
                sql.countOfPrincipal(),
                statement -> statement.bind(0, principal),
                row -> RecordRows.column(row, 0, Long.class));
    }

    @Override
    public Flux<SessionId> deleteByPrincipal(String principal, @Nullable SessionId except) {
        return many.deleteByPrincipal(principal, except);
    }

    @Override
    public Mono<Long> deleteAll() {
        return many.deleteAll();
    }

    private Mono<Boolean> changesRow(String statement, UnaryOperator<Statement> binding) {
        return database.change(statement, binding).map(count -> count > 0);
    }
}
