package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionException.Misconfigured;
import dev.reactivesession.boot.ReactiveSessionAutoConfiguration;
import dev.reactivesession.r2dbc.boot.R2dbcSessionAutoConfiguration;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.test.Race;
import io.r2dbc.spi.ConnectionFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.test.StepVerifier;

/** An application that starts before its database gets its table when the database is there. */
@ExtendWith(OutputCaptureExtension.class)
class LateDatabaseTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    static List<ConnectionFactory> databases() {
        return List.of(Postgresql.pool(4), H2.memory());
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aMissingTableIsCreatedByTheOperationThatMissesIt(ConnectionFactory connections) {
        R2dbcSessionSettings settings = Table.fresh();
        R2dbcSessionStore store =
                R2dbcSessionStore.of(connections, settings).creating(SessionSchema.of(connections, settings));
        SessionRecord record = Samples.session();
        assertThat(store.insert(record).block(PATIENCE)).isTrue();
        assertThat(store.find(record.id()).block(PATIENCE)).isEqualTo(record);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void twentyVisitorsWhoMissTheTableAtOnceAllGetIt(ConnectionFactory connections) {
        R2dbcSessionSettings settings = Table.fresh();
        R2dbcSessionStore store =
                R2dbcSessionStore.of(connections, settings).creating(SessionSchema.of(connections, settings));
        assertThat(Race.of(20, visitor -> store.insert(Samples.session()))).containsOnly(true);
        assertThat(store.countByPrincipal("alice").block(PATIENCE)).isEqualTo(20);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void everyOperationOverManySessionsCreatesTheTableToo(ConnectionFactory connections) {
        R2dbcSessionSettings settings = Table.fresh();
        R2dbcSessionStore store =
                R2dbcSessionStore.of(connections, settings).creating(SessionSchema.of(connections, settings));
        assertThat(store.expired(Samples.START).collectList().block(PATIENCE)).isEmpty();
        new Sql(connections).run("drop table \"" + settings.table() + "\" cascade");
        assertThat(store.countByPrincipal("alice").block(PATIENCE)).isZero();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aStoreThatMayNotCreateItSaysThatThereIsNone(ConnectionFactory connections) {
        StepVerifier.create(R2dbcSessionStore.of(connections, Table.fresh()).insert(Samples.session()))
                .expectErrorSatisfies(error ->
                        assertThat(error).isInstanceOf(Misconfigured.class).hasMessageContaining("there is no table"))
                .verify(PATIENCE);
    }

    @Test
    void anApplicationStartsBeforeItsDatabaseAndServesSessionsWhenThatIsThere(CapturedOutput output)
            throws IOException {
        int port = freePort();
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        R2dbcAutoConfiguration.class,
                        R2dbcSessionAutoConfiguration.class,
                        ReactiveSessionAutoConfiguration.class))
                .withBean(StoreProbe.class)
                .withPropertyValues(
                        BootSettings.pairs(BootSettings.postgresql(Table.fresh().table(), port)))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(output).contains("the database of the sessions does not answer");
                    R2dbcSessionStore store = context.getBean(StoreProbe.class).store();
                    try (WireProxy wire = new WireProxy(Postgresql.options(), port)) {
                        assertThat(store.insert(Samples.session()).block(PATIENCE))
                                .isTrue();
                        assertThat(wire.messages()).isNotEmpty();
                    }
                });
    }

    private static int freePort() throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        }
    }

    /** Reaches the store that the application has made. */
    record StoreProbe(org.springframework.beans.factory.ObjectProvider<dev.reactivesession.boot.StoreOffer> offers) {

        R2dbcSessionStore store() {
            return (R2dbcSessionStore) offers.stream()
                    .filter(dev.reactivesession.boot.StoreOffer.Kept.class::isInstance)
                    .map(offer -> ((dev.reactivesession.boot.StoreOffer.Kept) offer)
                            .store()
                            .get())
                    .findFirst()
                    .orElseThrow();
        }
    }
}
