package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionException.Unavailable;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.test.Race;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/**
 * A server that takes no more writes, because another one has become the primary, is unavailable; connections to it are
 * dropped.
 */
class SwitchoverTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private EmbeddedPostgres server;

    private ConnectionFactory connections;

    private Sql admin;

    @BeforeEach
    void start() throws IOException {
        server = EmbeddedPostgres.builder().setPGStartupWait(PATIENCE).start();
        connections = ConnectionFactories.get(Postgresql.options(server.getPort()));
        admin = new Sql(connections);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 0})
    void connectionsToAServerThatBecameReadOnlyAreDropped(int number) {
        ConnectionPool pool = Postgresql.pool(connections, 4);
        R2dbcSessionSettings settings = Table.createdOn(connections).withConnections(number);
        R2dbcSessionStore store = R2dbcSessionStore.of(pool, settings);
        SessionRecord record = Samples.session();
        store.insert(record).block(PATIENCE);
        Race.of(8, visitor -> store.touch(record.id(), Samples.START, record.expiresAt()));
        List<Integer> before = processes();
        setReadOnly("on");
        assertThat(failureOf(store.update(Samples.next(record), 1)))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("takes no writes");
        assertThat(processes())
                .as("the connection that met the read-only server is closed")
                .hasSizeLessThan(before.size());
        setReadOnly("off");
        assertThat(store.update(Samples.next(record), 1).block(PATIENCE)).isTrue();
        assertThat(store.find(record.id()).block(PATIENCE)).isEqualTo(Samples.next(record));
        pool.dispose();
    }

    @Test
    void noneOfTheStoresOwnConnectionsOutlivesTheSwitch() {
        R2dbcSessionSettings settings = Table.createdOn(connections);
        R2dbcSessionStore store = R2dbcSessionStore.of(connections, settings);
        List<SessionRecord> records =
                IntStream.range(0, 8).mapToObj(number -> Samples.session()).toList();
        Race.of(8, visitor -> store.insert(records.get(visitor)));
        Race.of(8, visitor -> store.find(records.get(visitor).id()));
        List<Integer> before = processes();
        setReadOnly("on");
        assertThat(failureOf(store.delete(records.get(0).id()))).isInstanceOf(Unavailable.class);
        setReadOnly("off");
        for (int round = 0; round < 4; round++) {
            Race.of(
                    8,
                    visitor -> store.touch(
                            records.get(visitor).id(),
                            Samples.START,
                            records.get(visitor).expiresAt()));
            Race.of(8, visitor -> store.find(records.get(visitor).id()));
        }
        assertThat(newestUse(before, settings))
                .as("statements since the switch on connections from before it")
                .isZero();
        store.close().block(PATIENCE);
    }

    private long newestUse(List<Integer> before, R2dbcSessionSettings settings) {
        String processes = before.stream().map(String::valueOf).collect(Collectors.joining(","));
        return admin.number("select count(*) from pg_stat_activity where pid in (" + processes
                + ") and query_start > (select pg_conf_load_time()) and query like '%" + settings.table() + "%'");
    }

    private List<Integer> processes() {
        return admin.column(
                "select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
                Integer.class);
    }

    private void setReadOnly(String now) {
        admin.run("set default_transaction_read_only = off");
        admin.run("alter system set default_transaction_read_only = " + now);
        admin.run("select pg_reload_conf()");
        // The processes of the server read their settings a moment later.
        String shown = LongStream.range(0, 10_000)
                .mapToObj(attempt -> admin.column("show default_transaction_read_only", String.class)
                        .get(0))
                .filter(now::equals)
                .findFirst()
                .orElse("never");
        assertThat(shown).isEqualTo(now);
    }

    private static Throwable failureOf(Mono<?> operation) {
        return operation
                .<Throwable>then(Mono.empty())
                .onErrorResume(Mono::just)
                .blockOptional(PATIENCE)
                .orElseThrow();
    }
}
