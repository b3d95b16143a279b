package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.reactivesession.SessionException.Misconfigured;
import dev.reactivesession.SessionException.Unavailable;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Each wrong setting gives one readable error, which names what to change. */
class WrongSettingsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final R2dbcSessionSettings SETTINGS = R2dbcSessionSettings.defaults();

    static List<ConnectionFactory> databases() {
        return List.of(Postgresql.pool(2), H2.memory());
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aTableThatIsNotThere(ConnectionFactory connections) {
        R2dbcSessionSettings settings = SETTINGS.withTable("nowhere");
        assertMisconfigured(find(connections, settings), "\"nowhere\"", "reactive-session.r2dbc.table");
        assertMisconfigured(
                SessionSchema.of(connections, settings).check(), "\"nowhere\"", "dev/reactivesession/r2dbc/", ".sql");
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aSchemaThatIsNotThere(ConnectionFactory connections) {
        R2dbcSessionSettings settings = SETTINGS.withSchema("nowhere");
        assertMisconfigured(find(connections, settings), "\"nowhere\"", "reactive-session.r2dbc.schema");
        assertMisconfigured(
                SessionSchema.of(connections, settings).create(), "\"nowhere\"", "reactive-session.r2dbc.schema");
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aTableThatIsNotOurs(ConnectionFactory connections) {
        R2dbcSessionSettings settings = Table.fresh();
        new Sql(connections).run("create table \"" + settings.table() + "\" (id uuid primary key)");
        assertMisconfigured(
                find(connections, settings), settings.table(), "lacks a column", "reactive-session.r2dbc.table");
        assertMisconfigured(
                SessionSchema.of(connections, settings).create(), settings.table(), "reactive-session schema");
    }

    @Test
    void aPasswordThatIsWrong() {
        String role = Table.fresh().table();
        new Sql(Postgresql.connections()).run("create role " + role + " login password 'any'");
        R2dbcSessionSettings settings = Table.createdOn(Postgresql.pool(1));
        assertMisconfigured(find(SchemaTest.as("nobody_" + role, "wrong"), settings), "spring.r2dbc.password");
        assertMisconfigured(find(SchemaTest.as(role, "any"), settings), "grant select, insert, update and delete");
    }

    @Test
    void aDatabaseThatIsNotThere() {
        ConnectionFactory connections = ConnectionFactories.get(Postgresql.options()
                .mutate()
                .option(ConnectionFactoryOptions.DATABASE, "nowhere")
                .build());
        assertMisconfigured(find(connections, SETTINGS), "spring.r2dbc.url");
    }

    @Test
    void aServerThatIsNotThere() throws IOException {
        try (Socket boundButDeaf = new Socket()) {
            boundButDeaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            ConnectionFactoryOptions nobody = Postgresql.options(boundButDeaf.getLocalPort());
            StepVerifier.create(find(ConnectionFactories.get(nobody), SETTINGS))
                    .expectErrorSatisfies(error ->
                            assertThat(error).isInstanceOf(Unavailable.class).hasMessageContaining("PostgreSQL"))
                    .verify(PATIENCE);
        }
    }

    @Test
    void aServerThatTakesNoWrites() {
        ConnectionFactory connections = Postgresql.connections();
        R2dbcSessionSettings settings = Table.createdOn(connections);
        ConnectionFactory replica = ConnectionFactories.get(ConnectionFactoryOptions.parse(
                        "r2dbc:postgresql://localhost?options=default_transaction_read_only%3Don")
                .mutate()
                .from(Postgresql.options())
                .build());
        StepVerifier.create(R2dbcSessionStore.of(replica, settings).insert(Samples.session()))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(Unavailable.class)
                        .hasMessageContainingAll("read replica", "spring.r2dbc.url"))
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1st", "a b", "a\"b", "a;b", "a.b", "sessions--", "é"})
    void aNameThatWouldHaveToBeEscaped(String name) {
        assertThatExceptionOfType(Misconfigured.class)
                .isThrownBy(() -> SETTINGS.withTable(name))
                .withMessageContaining("reactive-session.r2dbc.table is '" + name + "'");
        assertThatExceptionOfType(Misconfigured.class)
                .isThrownBy(() -> SETTINGS.withSchema(name))
                .withMessageContaining("reactive-session.r2dbc.schema is '" + name + "'");
    }

    @Test
    void aNameThatIsTooLong() {
        assertThat(SETTINGS.withTable("x".repeat(48)).table()).hasSize(48);
        assertThatExceptionOfType(Misconfigured.class)
                .isThrownBy(() -> SETTINGS.withTable("x".repeat(49)))
                .withMessageContaining("at most 47");
    }

    @Test
    void aTimeoutOutOfBounds() {
        assertThatExceptionOfType(Misconfigured.class)
                .isThrownBy(() -> SETTINGS.withStatementTimeout(Duration.ZERO))
                .withMessageContaining("reactive-session.r2dbc.statement-timeout is PT0S");
        assertThatExceptionOfType(Misconfigured.class)
                .isThrownBy(() -> SETTINGS.withSweepTimeout(Duration.ofHours(2)))
                .withMessageContaining("reactive-session.r2dbc.sweep-timeout is PT2H");
    }

    private static Mono<?> find(ConnectionFactory connections, R2dbcSessionSettings settings) {
        return R2dbcSessionStore.of(connections, settings)
                .find(Samples.session().id());
    }

    private static void assertMisconfigured(Mono<?> operation, String... parts) {
        StepVerifier.create(operation)
                .expectErrorSatisfies(error ->
                        assertThat(error).isInstanceOf(Misconfigured.class).hasMessageContainingAll(parts))
                .verify(PATIENCE);
    }
}
