package dev.reactivesession.r2dbc;

import static dev.reactivesession.r2dbc.RecordRows.key;

import dev.reactivesession.SessionId;
import io.r2dbc.spi.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sweeps in the order of the heap, in short statements that pass over what somebody else has locked. */
final class PostgresqlManySessions implements ManySessions {

    /** Few enough that a row of a batch is free again soon, many enough that round trips do not count. */
    private static final int BATCH = 1000;

    /** So many pages are read in one step when there is too much for one step by the index. */
    private static final int STRETCH = 2048;

    private static final int LEAST_BY_INDEX = 4096;

    private static final int MOST_BY_INDEX = 65_536;

    private static final int PAGES_WORTH_ONE_LOOKUP = 10;

    /** One read beside the deletion is enough; more take the cores from the clients. */
    private static final int STRETCHES_AHEAD = 1;

    private final Database database;

    private final PostgresqlStatements sql;

    private final RandomGenerator random;

    private final RowLocations locations = new RowLocations();

    PostgresqlManySessions(Database database, TableName table, RandomGenerator random) {
        this.database = database;
        this.sql = PostgresqlStatements.on(table);
        this.random = random;
    }

    @Override
    public Flux<SessionId> expired(Instant now) {
        return database.row(sql.pages(), statement -> statement, row -> RecordRows.column(row, 0, Long.class))
                .flatMapMany(pages -> steps(pages, now))
                .concatMap(step -> settled(step, now), 1);
    }

    private Flux<DueStep> steps(long pages, Instant now) {
        int most = (int) Math.max(LEAST_BY_INDEX, Math.min(MOST_BY_INDEX, pages / PAGES_WORTH_ONE_LOOKUP));
        return due(now, most + 1).flatMapMany(due -> due.size() <= most ? Flux.just(due) : dueByStretch(pages, now));
    }

    private Mono<DueStep> due(Instant now, int limit) {
        return database.row(sql.due(), statement -> statement.bind(0, now).bind(1, limit), DueStep::of);
    }

    // Nodes that sweep at the same time go through the heap in different orders, so that they seldom meet.
    private Flux<DueStep> dueByStretch(long pages, Instant now) {
        return Flux.fromStream(() -> ShuffledOrder.random(Math.toIntExact(pages / STRETCH + 1), random)
                        .numbers()
                        .boxed())
                .flatMapSequential(stretch -> dueIn(stretch, now), STRETCHES_AHEAD, 1);
    }

    private Mono<DueStep> dueIn(long stretch, Instant now) {
        return database.row(
                sql.dueBetween(),
                statement -> statement
                        .bind(0, now)
                        .bind(1, RowLocation.startOfPage(stretch * STRETCH).toString())
                        .bind(
                                2,
                                RowLocation.startOfPage((stretch + 1) * STRETCH).toString()),
                DueStep::of);
    }

    private Flux<SessionId> settled(DueStep step, Instant now) {
        return postponed(step.alive(), now)
                .thenMany(Flux.fromStream(step.expired()::locatedIds)
                        .doOnNext(locations::remember)
                        .map(LocatedId::id));
    }

    private Mono<Void> postponed(PackedRows alive, Instant now) {
        return Flux.fromStream(alive::locatedIds)
                .map(LocatedId::location)
                .buffer(BATCH)
                .concatMap(batch -> database.row(
                        sql.postpone(),
                        statement -> statement.bind(0, RowLocation.array(batch)).bind(1, now),
                        row -> RecordRows.column(row, 0, Long.class)))
                .then();
    }

    @Override
    public Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now) {
        return Flux.fromIterable(ids).buffer(BATCH).concatMap(batch -> deleteBatch(batch, now));
    }

    private Flux<SessionId> deleteBatch(List<SessionId> ids, Instant now) {
        return Flux.defer(() -> {
            List<LocatedId> known = locations.forget(ids);
            return known.isEmpty() ? byKey(ids, now) : byPlace(ids, known, now);
        });
    }

    private Flux<SessionId> byPlace(List<SessionId> ids, List<LocatedId> known, Instant now) {
        return ids(
                        sql.deleteAtLocations(),
                        statement -> statement
                                .bind(
                                        0,
                                        RowLocation.array(known.stream()
                                                .map(LocatedId::location)
                                                .toList()))
                                .bind(1, keys(known.stream().map(LocatedId::id)))
                                .bind(2, now))
                .flatMapMany(gone -> Flux.fromIterable(gone).concatWith(byKey(others(ids, gone), now)));
    }

    private Flux<SessionId> byKey(List<SessionId> ids, Instant now) {
        return ids.isEmpty()
                ? Flux.empty()
                : ids(
                                sql.deleteExpired(),
                                statement ->
                                        statement.bind(0, keys(ids.stream())).bind(1, now))
                        .flatMapIterable(gone -> gone);
    }

    private static List<SessionId> others(List<SessionId> ids, List<SessionId> gone) {
        if (gone.size() == ids.size()) {
            return List.of();
        }
        Set<SessionId> done = new HashSet<>(gone);
        return ids.stream().filter(id -> !done.contains(id)).toList();
    }

    @Override
    public Flux<SessionId> deleteByPrincipal(String principal, @Nullable SessionId except) {
        Mono<List<SessionId>> batch = ids(
                sql.deleteOfPrincipal(),
                statement -> keep(statement.bind(0, principal), except).bind(2, BATCH));
        return batch.expand(gone -> gone.isEmpty() ? Mono.empty() : batch).concatMapIterable(gone -> gone, 1);
    }

    private static Statement keep(Statement statement, @Nullable SessionId except) {
        return except == null ? statement.bindNull(1, UUID.class) : statement.bind(1, key(except));
    }

    @Override
    public Mono<Long> deleteAll() {
        return deleteFrom(Keys.FIRST)
                .expand(step -> step.next() == null ? Mono.empty() : deleteFrom(step.next()))
                .reduce(0L, (sum, step) -> sum + step.removed());
    }

    private Mono<Step> deleteFrom(UUID first) {
        return database.row(
                sql.deleteFrom(),
                statement -> statement.bind(0, first).bind(1, BATCH),
                row -> new Step(RecordRows.column(row, 0, Long.class), Keys.after(row.get(1, UUID.class))));
    }

    private Mono<List<SessionId>> ids(String statement, UnaryOperator<Statement> binding) {
        return database.row(statement, binding, row -> PackedRows.of(row, 0))
                .map(packed -> packed.ids().toList());
    }

    private static UUID[] keys(Stream<SessionId> ids) {
        return ids.map(RecordRows::key).toArray(UUID[]::new);
    }

    private record Step(long removed, @Nullable UUID next) {}
}
