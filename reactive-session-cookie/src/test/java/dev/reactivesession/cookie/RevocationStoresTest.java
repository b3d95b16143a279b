package dev.reactivesession.cookie;

import static dev.reactivesession.cookie.Samples.LIMITS;
import static dev.reactivesession.cookie.Samples.NOW;
import static dev.reactivesession.cookie.Samples.RANDOM;
import static dev.reactivesession.cookie.Samples.SETTINGS;
import static dev.reactivesession.cookie.Samples.inParallel;
import static dev.reactivesession.cookie.Samples.insert;
import static dev.reactivesession.cookie.Samples.keys;
import static dev.reactivesession.cookie.Samples.open;
import static dev.reactivesession.cookie.Samples.opened;
import static dev.reactivesession.cookie.Samples.successor;
import static dev.reactivesession.cookie.Samples.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionEvent.Refused.Reason;
import dev.reactivesession.SessionToken;
import dev.reactivesession.r2dbc.R2dbcSessionSettings;
import dev.reactivesession.r2dbc.R2dbcSessionStore;
import dev.reactivesession.r2dbc.SessionSchema;
import dev.reactivesession.store.AllSessions;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.Opening;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.TokenChange;
import dev.reactivesession.store.tiered.TieredSessionStore;
import dev.reactivesession.test.ControllableClock;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two nodes that remember the ends of sealed sessions in PostgreSQL, and in PostgreSQL with copies in front. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class RevocationStoresTest {

    private static final Opening REVOKED = new Opening.Rejected(Reason.REVOKED);

    private static final Opening REPLACED = new Opening.Rejected(Reason.FORGED);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private EmbeddedPostgres server;

    /** The stores of two nodes, and the one underneath. */
    record Nodes(SessionStore one, SessionStore other, SessionStore durable) {

        SealedSessionVault first() {
            return vault(one);
        }

        SealedSessionVault second() {
            return vault(other);
        }

        private static SealedSessionVault vault(SessionStore store) {
            var revocations = new Revocations(store, LIMITS, ControllableClock.at(NOW));
            return new SealedSessionVault(keys(1), SETTINGS, LIMITS, RANDOM, revocations);
        }
    }

    @BeforeAll
    void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setPGStartupWait(Duration.ofMinutes(2))
                .start();
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
    }

    private SessionStore postgresql(String table) {
        ConnectionFactory connections = ConnectionFactories.get(
                "r2dbc:postgresql://postgres:postgres@127.0.0.1:" + server.getPort() + "/postgres");
        R2dbcSessionSettings settings = R2dbcSessionSettings.defaults().withTable(table);
        SessionSchema.of(connections, settings).create().block(PATIENCE);
        return R2dbcSessionStore.of(connections, settings);
    }

    Stream<Named<Nodes>> nodes() {
        SessionStore table = postgresql("denials");
        SessionStore behind = postgresql("denials_behind");
        return Stream.of(
                Named.of("PostgreSQL", new Nodes(table, table, table)),
                Named.of("copies in front of PostgreSQL", new Nodes(tier(behind), tier(behind), behind)));
    }

    private static SessionStore tier(SessionStore durable) {
        return TieredSessionStore.of(new InMemorySessionStore(), durable)
                .clock(ControllableClock.at(NOW))
                .build();
    }

    private static SessionRecord of(String principal) {
        return Samples.record(principal, new byte[0], NOW);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nodes")
    void anEndOnOneNodeIsAnEndOnTheOtherAtOnce(Nodes nodes) {
        for (String principal : new String[] {"alice", null}) {
            SessionToken token = insert(nodes.first(), of(principal));
            assertThat(open(nodes.second(), token)).isInstanceOf(Opening.Opened.class);
            SessionToken other = insert(nodes.first(), of(principal));
            nodes.first().delete(opened(nodes.first(), other)).block(PATIENCE);
            assertThat(open(nodes.second(), other)).isEqualTo(REVOKED);

            nodes.first().delete(opened(nodes.first(), token)).block(PATIENCE);

            assertThat(open(nodes.second(), token)).isEqualTo(REVOKED);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nodes")
    void aLoginAndASignOutEverywhereHoldOnTheOtherNode(Nodes nodes) {
        SessionToken anonymous = insert(nodes.first(), of(null));
        assertThat(open(nodes.second(), anonymous)).isInstanceOf(Opening.Opened.class);

        SessionToken bob =
                update(nodes.first(), successor(opened(nodes.first(), anonymous), "bob"), TokenChange.ROTATE);

        assertThat(open(nodes.second(), anonymous)).isEqualTo(REPLACED);
        assertThat(open(nodes.second(), bob)).isInstanceOf(Opening.Opened.class);
        new Revocations(nodes.one(), LIMITS, ControllableClock.at(NOW))
                .endAll("bob")
                .block(PATIENCE);
        assertThat(open(nodes.second(), bob)).isEqualTo(REVOKED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nodes")
    void concurrentEndsOnBothNodesAreAllRemembered(Nodes nodes) {
        List<SessionToken> tokens = IntStream.range(0, 20)
                .mapToObj(index -> insert(nodes.first(), of("carol")))
                .toList();
        List<SessionRecord> loaded =
                tokens.stream().map(token -> opened(nodes.second(), token)).toList();

        List<Boolean> ended =
                inParallel(20, index -> (index % 2 == 0 ? nodes.first() : nodes.second()).delete(loaded.get(index)));

        assertThat(ended).hasSize(20).containsOnly(true);
        assertThat(tokens).allMatch(token -> open(nodes.second(), token).equals(REVOKED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nodes")
    void e17ATableThatWasEmptiedLetsNoEndedSessionBackIn(Nodes nodes) {
        SessionToken ended = insert(nodes.first(), of("dave"));
        nodes.first().delete(opened(nodes.first(), ended)).block(PATIENCE);

        nodes.durable().power(AllSessions.class).orElseThrow().deleteAll().block(PATIENCE);

        assertThat(open(nodes.first(), ended)).isEqualTo(REVOKED);
        assertThat(open(nodes.second(), ended)).isEqualTo(REVOKED);
        assertThat(open(nodes.second(), insert(nodes.second(), of("dave")))).isInstanceOf(Opening.Opened.class);
    }
}
