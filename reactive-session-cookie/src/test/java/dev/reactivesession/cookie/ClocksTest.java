package dev.reactivesession.cookie;

import static dev.reactivesession.cookie.Samples.LIMITS;
import static dev.reactivesession.cookie.Samples.NOW;
import static dev.reactivesession.cookie.Samples.RANDOM;
import static dev.reactivesession.cookie.Samples.SETTINGS;
import static dev.reactivesession.cookie.Samples.insert;
import static dev.reactivesession.cookie.Samples.keys;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionToken;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.Opening;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.test.ControllableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes whose clocks differ. */
class ClocksTest {

    private static final Path FAKETIME = Path.of("/usr/bin/faketime");

    private final InMemorySessionStore store = new InMemorySessionStore();

    /** A node with a clock of its own. */
    private record Node(ControllableClock clock, SealedSessionVault vault) {

        SessionToken begin(String principal) {
            return insert(vault, Samples.record(principal, new byte[0], clock.instant()));
        }

        Opening open(SessionToken token) {
            return Samples.open(vault, token, clock.instant());
        }

        void end(SessionToken token) {
            vault.delete(((Opening.Opened) open(token)).record()).block();
        }

        boolean takes(SessionToken token) {
            return open(token) instanceof Opening.Opened;
        }
    }

    private Node node(Duration difference) {
        ControllableClock clock = ControllableClock.at(NOW.plus(difference));
        var vault = new SealedSessionVault(keys(1), SETTINGS, LIMITS, RANDOM, new Revocations(store, LIMITS, clock));
        return new Node(clock, vault);
    }

    @ParameterizedTest(name = "{0} s and {1}")
    @CsvSource({"60, alice", "-60, alice", "60,", "-60,", "290, alice", "-290, alice", "290,", "-290,"})
    void aSessionEndedOnOneNodeNeverOpensOnTheOtherHoweverLong(int seconds, String principal) {
        Node one = node(Duration.ZERO);
        Node other = node(Duration.ofSeconds(seconds));
        SessionToken token = one.begin(principal);
        SessionToken touched = touched(other, token);
        assertThat(one.takes(touched)).isTrue();
        other.end(token);

        for (int minute = 0; minute < 13 * 60; minute++) {
            assertThat(one.takes(token) || one.takes(touched)).isFalse();
            assertThat(other.takes(token) || other.takes(touched)).isFalse();
            List.of(one, other).forEach(node -> node.clock().advance(Duration.ofMinutes(1)));
            // the node ahead sweeps for both
            sweep(seconds > 0 ? other : one);
        }
    }

    @ParameterizedTest(name = "{0} s and {1}")
    @CsvSource({"60, alice", "-60, alice", "290, alice", "60,", "-60,", "290,"})
    void neitherDoesOneInUseUntilItsAbsoluteDeadline(int seconds, String principal) {
        Node one = node(Duration.ZERO);
        Node other = node(Duration.ofSeconds(seconds));
        SessionToken token = one.begin(principal);
        for (int use = 0; use < 28; use++) {
            List.of(one, other).forEach(node -> node.clock().advance(Duration.ofMinutes(25)));
            token = touched(one, token);
        }
        assertThat(other.takes(token)).isTrue();
        other.end(token);

        for (int minute = 0; minute < 40; minute++) {
            assertThat(one.takes(token) || other.takes(token)).isFalse();
            List.of(one, other).forEach(node -> node.clock().advance(Duration.ofMinutes(1)));
            sweep(seconds > 0 ? other : one);
        }
    }

    private static SessionToken touched(Node node, SessionToken token) {
        SessionRecord record = ((Opening.Opened) node.open(token)).record();
        Instant now = node.clock().instant();
        Instant expires = LIMITS.deadline(record.createdAt(), now, record.idleTimeout());
        return Samples.tokenOf(node.vault().touch(record, now, expires).block());
    }

    private void sweep(Node node) {
        Instant now = node.clock().instant();
        store.expired(now)
                .collectList()
                .flatMapMany(ids -> store.deleteExpired(ids, now))
                .blockLast();
    }

    @ParameterizedTest
    @ValueSource(ints = {60, -60})
    void aLoginAndASignOutEverywhereHoldOnBothNodes(int seconds) {
        Node one = node(Duration.ZERO);
        Node other = node(Duration.ofSeconds(seconds));
        SessionToken before = one.begin("alice");
        new Revocations(store, LIMITS, other.clock()).endAll("alice").block();
        SessionToken after = one.begin("alice");

        assertThat(other.takes(before) || one.takes(before)).isFalse();
        assertThat(other.takes(after) && one.takes(after)).isTrue();
    }

    static boolean faketimeIsInstalled() {
        return Files.isExecutable(FAKETIME);
    }

    /** Another process, whose system clock is moved. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"+60s, true", "-60s, true", "+240s, true", "+420s, false", "+3650d, false"})
    @Tag("large")
    @Timeout(300)
    @EnabledIf(value = "faketimeIsInstalled", disabledReason = "there is no faketime")
    void aTokenOfAProcessWithAMovedClockOpensWithinTheTolerance(String difference, boolean opens) throws Exception {
        SessionToken token = new SessionToken(sealedBy(difference));

        Opening opening = Samples.open(Samples.vault(1), token, Instant.now());

        assertThat(opening instanceof Opening.Opened).isEqualTo(opens);
    }

    private static String sealedBy(String difference) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        FAKETIME.toString(),
                        "-f",
                        difference,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Sealing.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String token = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return token;
    }

    /** Seals a session that begins now. */
    static final class Sealing {

        private Sealing() {}

        public static void main(String[] arguments) {
            System.out.println(insert(Samples.vault(1), Samples.record("alice", new byte[0], Instant.now()))
                    .value());
        }
    }

    @Test
    void withoutRevocationANodeAheadTakesNothingLongerThanItsOwnClockAllows() {
        SessionToken token = insert(Samples.vault(1), Samples.record(null, new byte[0], NOW));

        assertThat(Samples.open(Samples.vault(1), token, NOW.minusSeconds(60))).isInstanceOf(Opening.Opened.class);
        assertThat(Samples.open(Samples.vault(1), token, NOW.plus(Samples.IDLE)))
                .isInstanceOf(Opening.Rejected.class);
    }
}
