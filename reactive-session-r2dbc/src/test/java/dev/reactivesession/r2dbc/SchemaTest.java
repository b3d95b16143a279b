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

    @ParameterizedTest
    @MethodSource("databases")
    void aTableThatThisReleaseCannotWorkWithIsNamedWithBothVersions(ConnectionFactory connections) {
        for (String mark : List.of("reactive-session schema 9", "reactive-session schema 9, works from 8", "other")) {
            R2dbcSessionSettings settings = Table.createdOn(connections);
            new Sql(connections).run("comment on table \"" + settings.table() + "\" is '" + mark + "'");
            SessionSchema schema = SessionSchema.of(connections, settings);
            for (Mono<Void> start : List.of(schema.check(), schema.create())) {
                StepVerifier.create(start)
                        .expectErrorSatisfies(error -> assertThat(error)
                                .isInstanceOf(Misconfigured.class)
                                .hasMessageContaining(mark)
                                .hasMessageContaining("this release needs 'reactive-session schema ")
                                .hasMessageContaining(settings.table()))
                        .verify(PATIENCE);
            }
        }
    }

    /**
     * The nodes of a rolling upgrade: the newer one has changed the table, and the older one starts again and works on
     * it.
     */
    @ParameterizedTest
    @MethodSource("databases")
    void aReleaseWorksOnTheTableOfALaterOneThatSaysSo(ConnectionFactory connections) {
        R2dbcSessionSettings settings = Table.createdOn(connections);
        R2dbcSessionStore running = R2dbcSessionStore.of(connections, settings);
        SessionRecord before = Samples.session();
        running.insert(before).block(PATIENCE);
        upgrade(connections, settings);
        SessionSchema schema = SessionSchema.of(connections, settings);
        schema.create().block(PATIENCE);
        schema.check().block(PATIENCE);
        R2dbcSessionStore rolledBack =
                R2dbcSessionStore.of(connections, settings).creating(schema);
        for (R2dbcSessionStore store : List.of(running, rolledBack)) {
            SessionRecord record = Samples.session();
            assertThat(store.find(before.id()).block(PATIENCE)).isEqualTo(before);
            assertThat(store.insert(record).block(PATIENCE)).isTrue();
            assertThat(store.update(Samples.next(record), 1).block(PATIENCE)).isTrue();
            assertThat(store.find(record.id()).block(PATIENCE)).isEqualTo(Samples.next(record));
            assertThat(store.delete(record.id()).block(PATIENCE)).isTrue();
        }
        assertThat(comment(connections, settings))
                .as("the table is left as it is")
                .contains("schema 9");
    }

    private static void upgrade(ConnectionFactory connections, R2dbcSessionSettings settings) {
        Sql sql = new Sql(connections);
        sql.run("drop view \"" + settings.table() + "_readable\"");
        sql.run("alter table \"" + settings.table() + "\" add column region varchar(20) default 'here' not null");
        sql.run("comment on table \"" + settings.table() + "\" is 'reactive-session schema 9, works from 1'");
    }

    private static String comment(ConnectionFactory connections, R2dbcSessionSettings settings) {
        Dialect dialect = Dialect.of(connections);
        return new Sql(connections)
                .column(
                        "select comment from (" + dialect.found(TableName.of(settings)) + ") found (there, comment)",
                        String.class)
                .get(0);
    }

    /** A file that an earlier release has made, with sessions in it. */
    @Test
    void aFileOfH2WithTheFirstSchemaKeepsItsSessionsAndTakesLongerProofs() {
        ConnectionFactory connections = H2.file();
        R2dbcSessionSettings settings = Table.fresh();
        Sql sql = new Sql(connections);
        sql.run(first(settings));
        R2dbcSessionStore store = R2dbcSessionStore.of(connections, settings);
        SessionRecord record = Samples.session();
        store.insert(record).block(PATIENCE);
        SessionSchema schema = SessionSchema.of(connections, settings);
        StepVerifier.create(schema.check())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(Misconfigured.class)
                        .hasMessageContaining("dev/reactivesession/r2dbc/h2-2.sql"))
                .verify(PATIENCE);
        schema.create().block(PATIENCE);
        schema.check().block(PATIENCE);
        assertThat(store.find(record.id()).block(PATIENCE)).isEqualTo(record);
        SessionRecord longer = Samples.session().withProof(new byte[256]);
        assertThat(store.insert(longer).block(PATIENCE)).isTrue();
        assertThat(store.find(longer.id()).block(PATIENCE)).isEqualTo(longer);
    }

    private static String first(R2dbcSessionSettings settings) {
        return TableName.of(settings)
                .inPlaceOfDefault(SessionSchema.of(H2.file(), R2dbcSessionSettings.defaults())
                        .script())
                .replaceFirst("varbinary\\(256\\)", "varbinary(128)")
                .replaceFirst("(?s)-- Version 1 had.*?;", "")
                .replace("schema 2, works from 1", "schema 1");
    }

    @Test
    void aUserWhoMayNotCreateTheTableIsToldWhichScriptToApply() {
        String role = Table.fresh().table() + "_user";
        new Sql(Postgresql.connections()).run("create role " + role + " login password 'secret'");
        ConnectionFactory connections = as(role, "secret");
        R2dbcSessionSettings settings = Table.fresh();
        SessionSchema schema = SessionSchema.of(connections, settings);
        R2dbcSessionStore store = R2dbcSessionStore.of(connections, settings).creating(schema);
        for (Mono<?> start : List.of(schema.create(), store.insert(Samples.session()))) {
            StepVerifier.create(start)
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(Misconfigured.class)
                            .hasMessageContaining("apply the script dev/reactivesession/r2dbc/postgresql-1.sql")
                            .hasMessageContaining("initialize-schema=never"))
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
