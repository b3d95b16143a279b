package dev.reactivesession.r2dbc;

import static dev.reactivesession.r2dbc.RecordRows.key;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.AllSessions;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionSignals;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionsByPrincipal;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps records in a table of PostgreSQL, or of an embedded H2, one row a session. Every operation on one session is
 * one statement in auto-commit, so none takes part in a transaction of the caller.
 *
 * <p>On PostgreSQL, operations that meet share a statement, over connections of the store's own, which are made like
 * those of the given factory and leave its pool to the application. A factory that routes, observes or decorates is
 * asked for a connection for each operation instead.
 */
public final class R2dbcSessionStore implements SessionStore, ExpiredSessions, SessionsByPrincipal, AllSessions {

    private static final int RECORDS_AHEAD = 64;

    private final StoreParts parts;

    private final TablePreparation preparation;

    private R2dbcSessionStore(StoreParts parts, TablePreparation preparation) {
        this.parts = parts;
        this.preparation = preparation;
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
     * @param settings table, schema, connections and bounds
     * @return the store; the table must exist, see {@link SessionSchema}
     */
    public static R2dbcSessionStore of(ConnectionFactory connections, R2dbcSessionSettings settings) {
        return new R2dbcSessionStore(StoreParts.of(connections, null, settings), TablePreparation.NONE);
    }

    /**
     * Keeps records where the settings say, and makes the store's own connections from options: PostgreSQL then
     * learns its bounds of time while a connection starts, and no statement sets them.
     *
     * @param connections to PostgreSQL or H2; best a pool
     * @param options from which {@code connections} was made
     * @param settings table, schema, connections and bounds
     * @return the store; the table must exist, see {@link SessionSchema}
     */
    public static R2dbcSessionStore of(
            ConnectionFactory connections, ConnectionFactoryOptions options, R2dbcSessionSettings settings) {
        return new R2dbcSessionStore(StoreParts.of(connections, options, settings), TablePreparation.NONE);
    }

    /**
     * The same store, which creates its table when a statement finds none: the database may have been away when the
     * application started.
     *
     * @param schema creates the table
     * @return a store over the same connections
     */
    public R2dbcSessionStore creating(SessionSchema schema) {
        return new R2dbcSessionStore(parts, TablePreparation.by(schema));
    }

    /**
     * Opens a connection for finds and one for changes, so that the first visitor does not wait for them. Starts on
     * subscription; fails with {@link SessionException.Unavailable} when the database is away, and the store then
     * connects when it is used.
     *
     * @return completes when the store is connected
     */
    public Mono<Void> connect() {
        return preparation.before(parts.rows().connect());
    }

    /**
     * Whether the store opens connections of its own, and leaves the given factory to the application.
     *
     * @return false when it asks the given factory
     */
    public boolean hasOwnConnections() {
        return parts.hasOwnConnections();
    }

    /**
     * Closes the store's own connections. Starts on subscription. An operation that is under way may fail.
     *
     * @return completes when they are closed
     */
    public Mono<Void> close() {
        return parts.close();
    }

    @Override
    public Mono<SessionRecord> find(SessionId id) {
        return preparation.before(parts.rows().find(id));
    }

    @Override
    public Mono<Boolean> insert(SessionRecord record) {
        return RecordRows.checked(record).flatMap(checked -> write(new RowWrite.Insert(checked)));
    }

    @Override
    public Mono<Boolean> update(SessionRecord record, long basedOn) {
        return RecordRows.checked(record).flatMap(checked -> write(new RowWrite.Update(checked, basedOn)));
    }

    @Override
    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return write(new RowWrite.Touch(id, accessed, expires));
    }

    @Override
    public Mono<Boolean> delete(SessionId id) {
        return write(new RowWrite.Delete(id));
    }

    @Override
    public <P> Optional<P> power(Class<P> type) {
        return type == SessionSignals.class ? Optional.of(type.cast(parts.signals())) : SessionStore.super.power(type);
    }

    private Mono<Boolean> write(RowWrite write) {
        return preparation.before(parts.rows().write(write));
    }

    @Override
    public Flux<SessionId> expired(Instant now) {
        return preparation.before(parts.many().expired(now));
    }

    @Override
    public Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now) {
        return parts.many().deleteExpired(ids, now);
    }

    @Override
    public Mono<Instant> storeTime() {
        return parts.slow()
                .row(
                        "select current_timestamp",
                        statement -> statement,
                        row -> RecordRows.column(row, 0, Instant.class));
    }

    @Override
    public Flux<SessionRecord> findByPrincipal(String principal) {
        return preparation.before(pageOf(principal, Keys.FIRST)
                .expand(page -> pageAfter(principal, page))
                .concatMapIterable(page -> page, 1));
    }

    private Mono<List<SessionRecord>> pageAfter(String principal, List<SessionRecord> page) {
        UUID next = page.size() < RECORDS_AHEAD
                ? null
                : Keys.after(key(page.get(page.size() - 1).id()));
        return next == null ? Mono.empty() : pageOf(principal, next);
    }

    private Mono<List<SessionRecord>> pageOf(String principal, UUID first) {
        return parts.slow()
                .rows(
                        parts.sql().pageOfPrincipal(),
                        statement -> statement.bind(0, principal).bind(1, first).bind(2, RECORDS_AHEAD),
                        parts.form()::record);
    }

    @Override
    public Mono<Long> countByPrincipal(String principal) {
        return preparation.before(parts.slow()
                .row(
                        parts.sql().countOfPrincipal(),
                        statement -> statement.bind(0, principal),
                        row -> RecordRows.column(row, 0, Long.class)));
    }

    @Override
    public Flux<SessionId> deleteByPrincipal(String principal, @Nullable SessionId except) {
        return preparation.before(parts.many().deleteByPrincipal(principal, except));
    }

    @Override
    public Mono<Long> deleteAll() {
        return preparation.before(parts.many().deleteAll());
    }
}
