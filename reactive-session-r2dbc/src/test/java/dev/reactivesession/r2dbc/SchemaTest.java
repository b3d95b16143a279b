package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionException.Misconfigured;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.test.Race;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class SchemaTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static List<ConnectionFactory> databases() {
        return List.of(Postgresql.pool(4), H2.memory(), H2.file());
    }

    @ParameterizedTest
    @MethodSource("databases")
    void tenNodesThatStartAtOnceAllFindTheTable(ConnectionFactory connections) {
        R2dbcSessionSettings settings = Table.fresh();
        Race.of(10, node -> SessionSchema.of(connections, settings).create().thenReturn(true));
        SessionSchema.of(connections, settings).check().block(PATIENCE);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void creatingAgainKeepsTheSessions(ConnectionFactory connections) {
        R2dbcSessionSettings settings = Table.createdOn(connections);
        SessionRecord record = Samples.session();
        R2dbcSessionStore store = R2dbcSessionStore.of(connections, settings);
        store.insert(record).block(PATIENCE);
        SessionSchema.of(connections, settings).create().block(PATIENCE);
        assertThat(store.find(record.id()).block(PATIENCE)).isEqualTo(record);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void theShippedScriptCanBeAppliedAgain(ConnectionFactory connections) {
        R2dbcSessionSettings settings = Table.createdOn(connections);
        new Sql(connections).run(SessionSchema.of(connections, settings).script());
        SessionSchema.of(connections, settings).check().block(PATIENCE);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aPersonReadsTimesAndAttributesInTheView(ConnectionFactory connections) {
        R2dbcSessionSettings settings = Table.createdOn(connections);
        R2dbcSessionStore.of(connections, settings).insert(Samples.session()).block(PATIENCE);
        String view = '"' + settings.table() + "_readable\"";
        assertThat(new Sql(connections).column("select cast(attributes as varchar) from " + view, String.class))
                .singleElement()
                .asString()
                .contains("\"cart\"");
    }

    @Test
    void aPayloadThatIsNotJsonDoesNotSpoilTheView() {
        ConnectionFactory connections = Postgresql.pool(2);
        R2dbcSessionSettings settings = Table.createdOn(connections);
        R2dbcSessionStore store = R2dbcSessionStore.of(connections, settings);
        store.insert(Samples.session("alice", "not JSON")).block(PATIENCE);
        store.insert(Samples.session("bob", "{\"a\":\"\\u0000\"}")).block(PATIENCE);
        assertThat(new Sql(connections)
                        .number("select count(*) from " + settings.table() + "_readable where attributes is null"))
                .isEqualTo(2);
    }

    @Test
    void tableAndSchemaMayHaveOtherNamesInUpperCaseToo() {
        ConnectionFactory connections = Postgresql.pool(2);
        new Sql(connections).run("create schema if not exists \"Visitors\"");
        R2dbcSessionSettings settings = Table.fresh().withSchema("Visitors").withTable("Select");
        SessionSchema.of(connections, settings).create().block(PATIENCE);
        SessionRecord record = Samples.session();
        R2dbcSessionStore store = R2dbcSessionStore.of(connections, settings);
        store.insert(record).block(PATIENCE);
        assertThat(store.expired(record.expiresAt()).collectList().block(PATIENCE))
                .contains(record.id());
        assertThat(new Sql(connections).number("select count(*) from \"Visitors\".\"Select\""))
                .isPositive();
    }

    @Test
    void aTableOfAnotherVersionIsNamedWithBothVersions() {
        ConnectionFactory connections = Postgresql.pool(2);
        R2dbcSessionSettings settings = Table.createdOn(connections);
        new Sql(connections).run("comment on table " + settings.table() + " is 'reactive-session schema 0'");
        SessionSchema schema = SessionSchema.of(connections, settings);
        for (Mono<Void> start : List.of(schema.check(), schema.create())) {
            StepVerifier.create(start)
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(Misconfigured.class)
                            .hasMessageContaining("reactive-session schema 0")
                            .hasMessageContaining("reactive-session schema 1")
                            .hasMessageContaining(settings.table()))
                    .verify(PATIENCE);
        }
    }

    @Test
    void fourGrantsOnTheTableAreEnoughForEveryOperation() {
        ConnectionFactory owner = Postgresql.pool(2);
        R2dbcSessionSettings settings = Table.createdOn(owner);
        Sql sql = new Sql(owner);
        String role = settings.table() + "_user";
        sql.run("create role " + role + " login password 'secret'");
        sql.run("grant select, insert, update, delete on " + settings.table() + " to " + role);
        R2dbcSessionStore store = R2dbcSessionStore.of(as(role, "secret"), settings);
        SessionRecord record = Samples.session();
        SessionSchema.of(as(role, "secret"), settings).create().block(PATIENCE);
        assertThat(store.insert(record).block(PATIENCE)).isTrue();
        assertThat(store.touch(record.id(), Samples.START, record.expiresAt().plusSeconds(1))
                        .block(PATIENCE))
                .isTrue();
        assertThat(store.expired(record.expiresAt()).collectList().block(PATIENCE))
                .isEmpty();
        assertThat(store.expired(record.expiresAt().plusSeconds(1))
                        .buffer()
                        .concatMap(ids ->
                                store.deleteExpired(ids, record.expiresAt().plusSeconds(1)))
                        .collectList()
                        .block(PATIENCE))
                .containsExactly(record.id());
        assertThat(store.deleteByPrincipal("alice", null).collectList().block(PATIENCE))
                .isEmpty();
        assertThat(store.deleteAll().block(PATIENCE)).isZero();
    }

    static ConnectionFactory as(String role, String password) {
        return ConnectionFactories.get(Postgresql.options()
                .mutate()
                .option(ConnectionFactoryOptions.USER, role)
                .option(ConnectionFactoryOptions.PASSWORD, password)
                .build());
    }
}
