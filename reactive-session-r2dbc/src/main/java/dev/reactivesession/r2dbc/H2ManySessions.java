package dev.reactivesession.r2dbc;

import static dev.reactivesession.r2dbc.RecordRows.key;

import dev.reactivesession.SessionId;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One row at a time, a page of keys ahead. */
final class H2ManySessions implements ManySessions {

    private static final int PAGE = 1000;

    private static final Due BEFORE_ALL = new Due(Keys.FIRST, Instant.parse("0001-01-01T00:00:00Z"), false);

    private final Database database;

    private final H2Statements sql;

    private final String delete;

    H2ManySessions(Database database, TableName table, String delete) {
        this.database = database;
        this.sql = H2Statements.on(table);
        this.delete = delete;
    }

    @Override
    public Flux<SessionId> expired(Instant now) {
        return dueAfter(BEFORE_ALL, now)
                .expand(page -> page.size() < PAGE ? Mono.empty() : dueAfter(page.get(page.size() - 1), now))
                .concatMap(page -> settled(page, now), 1);
    }

    private Mono<List<Due>> dueAfter(Due last, Instant now) {
        return database.rows(
                sql.due(),
                statement -> statement
                        .bind(0, now)
                        .bind(1, last.sweepAt())
                        .bind(2, last.key())
                        .bind(3, PAGE),
                Due::of);
    }

    private Flux<SessionId> settled(List<Due> page, Instant now) {
        List<UUID> alive = page.stream().filter(Due::alive).map(Due::key).toList();
        return changed(
                        alive,
                        sql.postpone(),
                        (statement, key) -> statement.bind(0, key).bind(1, now))
                .thenMany(Flux.fromIterable(page).filter(due -> !due.alive()).map(due -> RecordRows.id(due.key())));
    }

    @Override
    public Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now) {
        return Flux.fromIterable(ids)
                .map(RecordRows::key)
                .buffer(PAGE)
                .concatMap(keys -> changed(
                        keys,
                        sql.deleteExpired(),
                        (statement, key) -> statement.bind(0, key).bind(1, now)))
                .map(RecordRows::id);
    }

    @Override
    public Flux<SessionId> deleteByPrincipal(String principal, @Nullable SessionId except) {
        UUID kept = except == null ? null : key(except);
        return pages(first -> keys(
                        sql.ofPrincipal(),
                        statement -> statement.bind(0, principal).bind(1, first).bind(2, PAGE)))
                .concatMap(page -> changed(
                        page.stream().filter(key -> !key.equals(kept)).toList(),
                        sql.deleteOfPrincipal(),
                        (statement, key) -> statement.bind(0, key).bind(1, principal)))
                .map(RecordRows::id);
    }

    @Override
    public Mono<Long> deleteAll() {
        return pages(first ->
                        keys(sql.all(), statement -> statement.bind(0, first).bind(1, PAGE)))
                .concatMap(page -> changed(page, delete, (statement, key) -> statement.bind(0, key)))
                .count();
    }

    private static Flux<List<UUID>> pages(Function<UUID, Mono<List<UUID>>> from) {
        return from.apply(Keys.FIRST).expand(page -> {
            UUID next = page.size() < PAGE ? null : Keys.after(page.get(page.size() - 1));
            return next == null ? Mono.empty() : from.apply(next);
        });
    }

    private Mono<List<UUID>> keys(String statement, UnaryOperator<Statement> binding) {
        return database.rows(statement, binding, row -> RecordRows.column(row, 0, UUID.class));
    }

    private Flux<UUID> changed(List<UUID> keys, String statement, BiFunction<Statement, UUID, Statement> binding) {
        return database.withConnection(connection -> Flux.fromIterable(keys)
                        .filterWhen(
                                key -> Database.changed(connection, statement, prepared -> binding.apply(prepared, key))
                                        .map(count -> count > 0))
                        .collectList())
                .flatMapIterable(done -> done);
    }

    private record Due(UUID key, Instant sweepAt, boolean alive) {

        static Due of(Row row) {
            return new Due(
                    RecordRows.column(row, 0, UUID.class),
                    RecordRows.column(row, 1, Instant.class),
                    RecordRows.column(row, 2, Boolean.class));
        }
    }
}
