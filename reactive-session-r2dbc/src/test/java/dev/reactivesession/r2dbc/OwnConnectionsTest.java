package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionException.Unavailable;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.test.Race;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Neither a locked row nor the application's own use of its pool stands in the way of other sessions. */
class OwnConnectionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration BOUND = Duration.ofSeconds(2);

    private final ConnectionPool pool = Postgresql.pool(10);

    private final R2dbcSessionSettings settings = Table.createdOn(pool).withStatementTimeout(BOUND);

    private final R2dbcSessionStore store = R2dbcSessionStore.of(pool, settings);

    private final Sql sql = new Sql(Postgresql.connections());

    @Test
    void tenTouchesOfALockedRowDoNotDelayAnotherSession() {
        SessionRecord locked = inserted();
        SessionRecord other = inserted();
        Mono<List<Boolean>> meanwhile = Flux.range(0, 10)
                .flatMap(number -> touch(store, locked).onErrorReturn(false))
                .mergeWith(Flux.range(0, 200).concatMap(number -> touch(store, other)))
                .take(200)
                .collectList();
        List<Boolean> touched = whileLocked(locked, () -> meanwhile);
        assertThat(touched)
                .as("touches that were done while the row was locked")
                .containsOnly(true);
        assertThat(touch(store, locked).block(PATIENCE)).isTrue();
    }

    @Test
    void aBatchPassesOverALockedRow() {
        List<SessionRecord> records =
                Flux.range(0, 100).map(number -> inserted()).collectList().block(PATIENCE);
        SessionRecord locked = records.get(50);
        List<SessionRecord> others =
                records.stream().filter(record -> record != locked).toList();
        Mono<List<Boolean>> saves = Flux.fromIterable(records)
                .flatMap(record -> store.update(Samples.next(record), 1), 100)
                .take(others.size())
                .collectList();
        assertThat(whileLocked(locked, () -> saves)).hasSize(99).containsOnly(true);
    }

    @Test
    void aRowThatIsUnlockedInTimeIsSaved() {
        SessionRecord locked = inserted();
        R2dbcSessionStore patient = R2dbcSessionStore.of(pool, settings.withStatementTimeout(PATIENCE));
        Mono<Boolean> save = patient.update(Samples.next(locked), 1).cache();
        whileLocked(locked, () -> {
            save.subscribe();
            return Mono.delay(Duration.ofMillis(300));
        });
        assertThat(save.block(PATIENCE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 0})
    void afterItsBoundNoStatementOnALockedRowIsLeftOnTheServer(int connections) {
        SessionRecord locked = inserted();
        R2dbcSessionStore own = R2dbcSessionStore.of(pool, settings.withConnections(connections));
        String running = "select count(*) from pg_stat_activity where state = 'active' and query like '%"
                + settings.table() + "%' and pid <> pg_backend_pid() and wait_event_type = 'Lock'";
        Mono<Long> leftOver = Flux.range(0, 10)
                .flatMap(number ->
                        touch(own, locked).then(Mono.<Throwable>empty()).onErrorResume(Mono::just))
                .doOnNext(error -> assertThat(error).isInstanceOf(Unavailable.class))
                .count()
                .flatMap(failed -> Mono.fromSupplier(() -> sql.number(running))
                        .subscribeOn(reactor.core.scheduler.Schedulers.boundedElastic())
                        .filter(count -> count == 0)
                        .repeatWhenEmpty(100, again -> again.delayElements(Duration.ofMillis(50)))
                        .thenReturn(failed));
        assertThat(whileLocked(locked, () -> leftOver)).isEqualTo(10);
        assertThat(touch(own, locked).block(PATIENCE)).isTrue();
    }

    @Test
    void transactionsThatHoldThePoolReadTheirSessions() {
        SessionRecord record = inserted();
        TransactionalOperator transaction = TransactionalOperator.create(new R2dbcTransactionManager(pool));
        assertThat(Race.of(50, visitor -> transaction.transactional(store.find(record.id()))))
                .containsOnly(record);
    }

    @Test
    void thePoolOfTheApplicationIsNotUsed() {
        ConnectionPool untouched = Postgresql.pool(10);
        R2dbcSessionStore store = R2dbcSessionStore.of(untouched, settings);
        SessionRecord record = Samples.session();
        store.insert(record).block(PATIENCE);
        store.update(Samples.next(record), 1).block(PATIENCE);
        store.expired(Samples.START.plus(Samples.IDLE)).collectList().block(PATIENCE);
        store.countByPrincipal("alice").block(PATIENCE);
        assertThat(untouched.getMetrics().orElseThrow().allocatedSize()).isZero();
        assertThat(store.hasOwnConnections()).isTrue();
        store.close().block(PATIENCE);
    }

    @Test
    void theServerEndsWhatTheStoreHasGivenUp() {
        assertThat(bounds("statement_timeout")).isEqualTo("2s");
        assertThat(bounds("lock_timeout")).isEqualTo("100ms");
    }

    @ParameterizedTest
    @MethodSource("parametersOfTheApplication")
    void theParametersOfTheApplicationAreKept(Object parameters) {
        ConnectionFactoryOptions options = Postgresql.options()
                .mutate()
                .option(Option.valueOf("options"), parameters)
                .build();
        assertThat(shown(options, "work_mem")).isEqualTo("9MB");
        assertThat(shown(options, "enable_seqscan")).isEqualTo("off");
    }

    static List<Object> parametersOfTheApplication() {
        return List.of(Map.of("work_mem", "9MB"), "work_mem=9MB");
    }

    private String bounds(String name) {
        return shown(Postgresql.options(), name);
    }

    private String shown(ConnectionFactoryOptions options, String name) {
        OwnSource source = OwnSource.behind(pool, options).orElseThrow();
        return Mono.usingWhen(
                        source.opening(new ServerBounds(Duration.ofMillis(100), BOUND, true)),
                        connection -> Database.rows(
                                        connection,
                                        "show " + name,
                                        statement -> statement,
                                        row -> RecordRows.column(row, 0, String.class))
                                .single(),
                        Connection::close)
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    private SessionRecord inserted() {
        SessionRecord record = Samples.session();
        assertThat(store.insert(record).block(PATIENCE)).isTrue();
        return record;
    }

    private static Mono<Boolean> touch(R2dbcSessionStore store, SessionRecord record) {
        return store.touch(record.id(), Samples.START, record.expiresAt());
    }

    private <T> T whileLocked(SessionRecord record, Supplier<Mono<T>> work) {
        String lock =
                "select 1 from " + settings.table() + " where id = '" + RecordRows.key(record.id()) + "' for update";
        return Mono.usingWhen(
                        Postgresql.connections().create(),
                        connection -> Mono.from(connection.beginTransaction())
                                .thenMany(Flux.from(
                                        connection.createStatement(lock).execute()))
                                .flatMap(result -> result.getRowsUpdated())
                                .then(Mono.defer(work)),
                        connection ->
                                Mono.from(connection.rollbackTransaction()).then(Mono.from(connection.close())))
                .blockOptional(PATIENCE)
                .orElseThrow();
    }
}
