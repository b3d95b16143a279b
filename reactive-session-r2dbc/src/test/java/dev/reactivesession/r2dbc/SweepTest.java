package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.test.Race;
import io.r2dbc.pool.ConnectionPool;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Sweeps of a table with more in it than one step by the index takes. */
@ExtendWith(NoDeadlocks.class)
class SweepTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private static final Instant LATER = Instant.parse("2040-01-01T00:00:00Z");

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final int SWEEPERS = 4;

    private final ConnectionPool pool = Postgresql.pool(12);

    private final R2dbcSessionSettings settings = Table.createdOn(pool);

    private final R2dbcSessionStore store = R2dbcSessionStore.of(pool, settings);

    private final Sql sql = new Sql(pool);

    private final Population population = new Population(sql, settings);

    @Test
    void aBacklogIsRemovedAndReportedOnceWhileTheLivingStay() {
        population.of(30_000, 256, 2);
        Set<SessionId> expired = ids("expires_at <= '" + NOW + "'");
        Set<SessionId> living = ids("expires_at > '" + NOW + "'");
        assertThat(sweep(store).collectList().block(PATIENCE)).containsExactlyInAnyOrderElementsOf(expired);
        assertThat(ids("true")).isEqualTo(living);
    }

    @Test
    void aBacklogInAPartitionedTableIsRemovedToo() {
        population.of(30_000, 256, 2);
        String parts = settings.table() + "_parts";
        sql.run("create table " + parts + " (like " + settings.table() + " including all) partition by hash (id)");
        for (int part = 0; part < 3; part++) {
            sql.run("create table " + parts + part + " partition of " + parts
                    + " for values with (modulus 3, remainder " + part + ")");
        }
        sql.run("insert into " + parts + " select * from " + settings.table());
        R2dbcSessionStore partitioned = R2dbcSessionStore.of(pool, settings.withTable(parts));
        assertThat(sweep(partitioned).collectList().block(PATIENCE))
                .containsExactlyInAnyOrderElementsOf(ids("expires_at <= '" + NOW + "'"));
        assertThat(sql.number("select count(*) from " + parts))
                .isEqualTo(ids("expires_at > '" + NOW + "'").size());
    }

    @Test
    void fourSweepersShareABacklogWhileClientsTouchTheLiving() {
        population.of(30_000, 256, 2);
        Set<SessionId> expired = ids("expires_at <= '" + NOW + "'");
        List<SessionId> living = List.copyOf(ids("expires_at > '" + NOW + "'"));
        List<List<SessionId>> outcomes = Race.of(
                SWEEPERS * 2,
                number -> number < SWEEPERS
                        ? sweep(R2dbcSessionStore.of(pool, settings)).collectList()
                        : touch(living, number - SWEEPERS));
        List<SessionId> reported =
                outcomes.subList(0, SWEEPERS).stream().flatMap(List::stream).toList();
        assertThat(reported).containsExactlyInAnyOrderElementsOf(expired);
        assertThat(ids("true")).isEqualTo(new HashSet<>(living));
        assertThat(sql.number("select count(*) from " + settings.table() + " where expires_at >= '" + LATER + "'"))
                .isEqualTo(living.size() / 10 / SWEEPERS * SWEEPERS);
    }

    @Test
    void aSweepLooksAtARenewedSessionOnceAndThenNotBeforeItsNewDeadline() {
        population.of(10_000, 256, 1);
        sql.run("update " + settings.table() + " set expires_at = '" + LATER + "' where random() < 0.5");
        long due = sql.number("select count(*) from " + settings.table() + " where sweep_at <= '" + NOW + "'");
        assertThat(due).isEqualTo(10_000);
        sweep(store).blockLast(PATIENCE);
        assertThat(sql.number("select count(*) from " + settings.table() + " where sweep_at <= '" + NOW + "'"))
                .isZero();
        assertThat(population.sessions()).isPositive();
        assertThat(sweep(store).collectList().block(PATIENCE)).isEmpty();
        assertThat(store.expired(LATER).count().block(PATIENCE)).isEqualTo(population.sessions());
    }

    @Test
    void aRowThatMovedBetweenBeingNamedAndBeingRemovedIsRemoved() {
        SessionRecord record = Samples.session();
        store.insert(record).block(PATIENCE);
        assertThat(store.expired(NOW).collectList().block(PATIENCE)).containsExactly(record.id());
        Instant shorter = record.expiresAt().minusSeconds(1);
        assertThat(store.update(Samples.lasting(record, shorter), 1).block(PATIENCE))
                .isTrue();
        assertThat(store.deleteExpired(List.of(record.id()), NOW).collectList().block(PATIENCE))
                .containsExactly(record.id());
    }

    @Test
    void anotherRowInThePlaceOfANamedOneIsLeftAlone() {
        SessionRecord named = Samples.session();
        store.insert(named).block(PATIENCE);
        store.expired(NOW).collectList().block(PATIENCE);
        String place = place(named);
        store.delete(named.id()).block(PATIENCE);
        SessionRecord newcomer = newcomerAt(place);
        assertThat(store.deleteExpired(List.of(named.id()), NOW).collectList().block(PATIENCE))
                .isEmpty();
        assertThat(store.find(newcomer.id()).block(PATIENCE)).isEqualTo(newcomer);
    }

    @Test
    void aSweepPassesOverARowThatATransactionHasLockedAndDoesNotWait() {
        SessionRecord locked = Samples.session();
        SessionRecord free = Samples.session();
        store.insert(locked).block(PATIENCE);
        store.insert(free).block(PATIENCE);
        String lock =
                "select 1 from " + settings.table() + " where id = '" + RecordRows.key(locked.id()) + "' for update";
        Mono<List<SessionId>> sweepBesideTheLock = Mono.usingWhen(
                pool.create(),
                connection -> Mono.from(connection.beginTransaction())
                        .thenMany(Flux.from(connection.createStatement(lock).execute()))
                        .flatMap(result -> result.getRowsUpdated())
                        .then(sweep(store).collectList()),
                connection -> Mono.from(connection.rollbackTransaction()).then(Mono.from(connection.close())));
        assertThat(sweepBesideTheLock.block(PATIENCE)).containsExactly(free.id());
        assertThat(sweep(store).collectList().block(PATIENCE)).containsExactly(locked.id());
    }

    @Test
    void aSweepLeavesTheConnectionThatItUsedAsDurableAsItWas() {
        ConnectionPool single = Postgresql.pool(1);
        store.insert(Samples.session()).block(PATIENCE);
        assertThat(sweep(R2dbcSessionStore.of(single, settings)).collectList().block(PATIENCE))
                .hasSize(1);
        assertThat(new Sql(single).column("show synchronous_commit", String.class))
                .containsExactly("on");
    }

    @Test
    void aSweepThatIsNotReadFurtherReadsNoFurther() {
        population.of(60_000, 1024, 1);
        sql.run("create extension if not exists pg_stat_statements");
        String steps = "select coalesce(sum(calls), 0)::bigint from pg_stat_statements where query like '%"
                + settings.table() + "%ctid <%'";
        StepVerifier.create(store.expired(NOW), 1)
                .expectNextCount(1)
                .thenCancel()
                .verify(PATIENCE);
        assertThat(sql.number(steps)).as("steps begun").isBetween(1L, 4L);
        assertThat(store.expired(NOW).count().block(PATIENCE)).isEqualTo(60_000);
        assertThat(sql.number(steps)).isGreaterThan(4);
    }

    @Test
    void theSessionsOfAUserAreFoundByTheIndex() {
        population.of(30_000, 256, 2);
        String plan = String.join(
                "\n",
                sql.column(
                        "explain select count(*) from " + settings.table() + " where principal = 'user-7'",
                        String.class));
        assertThat(plan).contains(settings.table() + "_by_principal").doesNotContain("Seq Scan");
        assertThat(store.countByPrincipal("user-7").block(PATIENCE)).isEqualTo(10);
        assertThat(store.deleteByPrincipal("user-7", null).count().block(PATIENCE))
                .isEqualTo(10);
    }

    @Test
    void aUserWithThousandsOfSessionsIsReadAndEndedPageByPage() {
        population.of(5_000, 256, 2);
        sql.run("update " + settings.table() + " set principal = 'robot'");
        List<SessionId> found = store.findByPrincipal("robot")
                .map(SessionRecord::id)
                .collectList()
                .block(PATIENCE);
        assertThat(found).hasSize(5_000).doesNotHaveDuplicates();
        SessionId kept = IntStream.of(17).mapToObj(found::get).findFirst().orElseThrow();
        assertThat(store.deleteByPrincipal("robot", kept).count().block(PATIENCE))
                .isEqualTo(4_999);
        assertThat(store.deleteAll().block(PATIENCE)).isEqualTo(1);
    }

    private static Flux<SessionId> sweep(R2dbcSessionStore store) {
        return store.expired(NOW).buffer(1000).concatMap(ids -> store.deleteExpired(ids, NOW), 1);
    }

    private Mono<List<SessionId>> touch(List<SessionId> living, int client) {
        int share = living.size() / 10 / SWEEPERS;
        return Flux.fromIterable(living.subList(client * share, (client + 1) * share))
                .concatMap(id -> store.touch(id, NOW, LATER).thenReturn(id))
                .collectList();
    }

    // While any transaction is open, an autoanalyze say, vacuum frees no place.
    private SessionRecord newcomerAt(String place) {
        return Stream.generate(this::newcomerAfterVacuum)
                .limit(1_000)
                .filter(newcomer -> place(newcomer).equals(place))
                .findFirst()
                .orElseThrow();
    }

    private SessionRecord newcomerAfterVacuum() {
        sql.run("vacuum " + settings.table());
        SessionRecord newcomer = Samples.session();
        store.insert(newcomer).block(PATIENCE);
        return newcomer;
    }

    private String place(SessionRecord record) {
        return sql.column(
                        "select ctid::text from " + settings.table() + " where id = '" + RecordRows.key(record.id())
                                + "'",
                        String.class)
                .get(0);
    }

    private Set<SessionId> ids(String condition) {
        Set<SessionId> ids = new HashSet<>();
        sql.column("select id from " + settings.table() + " where " + condition, UUID.class)
                .forEach(key -> ids.add(RecordRows.id(key)));
        return ids;
    }
}
