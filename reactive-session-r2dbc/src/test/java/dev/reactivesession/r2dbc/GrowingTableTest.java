package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.store.SessionRecord;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The plans that PostgreSQL keeps for a table of a few sessions must still serve when it has many. */
class GrowingTableTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final int MANY = 30_000;

    /** PostgreSQL keeps the plan of a prepared statement from its sixth execution on. */
    private static final int UNTIL_A_PLAN_IS_KEPT = 60;

    private final R2dbcSessionSettings settings = Table.createdOn(Postgresql.connections());

    private final Sql sql = new Sql(Postgresql.connections());

    private final List<SessionRecord> few =
            Stream.generate(Samples::session).limit(32).toList();

    @Test
    void noStatementOnATableThatHasGrownReadsAllOfIt() {
        assertThat(readByReadingEverything(R2dbcSessionStore.of(Postgresql.connections(), settings)))
                .isLessThan(MANY);
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void noneDoesOverConnectionsMadeFromOptions(Object parameters) {
        ConnectionFactoryOptions options = Postgresql.options()
                .mutate()
                .option(Option.valueOf("options"), parameters)
                .build();
        assertThat(readByReadingEverything(R2dbcSessionStore.of(Postgresql.connections(), options, settings)))
                .isLessThan(MANY);
    }

    static List<Object> parameters() {
        return List.of(Map.of(), Map.of("work_mem", "8MB"), "work_mem=8MB");
    }

    private long readByReadingEverything(R2dbcSessionStore store) {
        sql.run("alter table " + settings.table() + " set (autovacuum_enabled = false)");
        all(few, store::insert);
        sql.run("analyze " + settings.table());
        use(store, UNTIL_A_PLAN_IS_KEPT, 1);
        grow();
        use(store, 3, 1 + UNTIL_A_PLAN_IS_KEPT);
        store.close().block(PATIENCE);
        assertThat(counted("idx_scan")).isPositive();
        return counted("seq_tup_read");
    }

    private void use(R2dbcSessionStore store, int rounds, long version) {
        for (int round = 0; round < rounds; round++) {
            long now = version + round;
            assertThat(all(few, record -> store.find(record.id()).hasElement())).containsOnly(true);
            assertThat(all(few, record -> store.update(Samples.next(at(record, now)), now)))
                    .containsOnly(true);
            assertThat(all(few, record -> store.touch(record.id(), Samples.START, Samples.START.plus(Samples.IDLE))))
                    .containsOnly(true);
        }
        assertThat(all(few, record -> store.delete(Samples.session().id()))).containsOnly(false);
    }

    private static SessionRecord at(SessionRecord record, long version) {
        return new SessionRecord(
                record.id(),
                record.proof(),
                version,
                record.createdAt(),
                record.lastAccessedAt(),
                record.idleTimeout(),
                record.expiresAt(),
                record.principal(),
                record.payload());
    }

    private static <T> List<T> all(List<SessionRecord> records, Function<SessionRecord, Mono<T>> operation) {
        return Flux.fromIterable(records)
                .flatMap(operation, records.size())
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    private void grow() {
        String columns = "proof, version, created_at, accessed_at, idle_ms, expires_at, sweep_at, principal, payload";
        sql.run("insert into " + settings.table() + " (id, " + columns + ") select gen_random_uuid(), " + columns
                + " from " + settings.table() + ", generate_series(1, " + MANY / few.size() + ")");
    }

    private long counted(String column) {
        return sql.number("select " + column + " from pg_stat_user_tables where relname = '" + settings.table() + "'");
    }
}
