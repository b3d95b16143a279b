package dev.reactivesession.cookie;

import static dev.reactivesession.cookie.Samples.LIMITS;
import static dev.reactivesession.cookie.Samples.NOW;
import static dev.reactivesession.cookie.Samples.RANDOM;
import static dev.reactivesession.cookie.Samples.SETTINGS;
import static dev.reactivesession.cookie.Samples.insert;
import static dev.reactivesession.cookie.Samples.keys;
import static dev.reactivesession.cookie.Samples.open;
import static dev.reactivesession.cookie.Samples.opened;
import static dev.reactivesession.cookie.Samples.successor;
import static dev.reactivesession.cookie.Samples.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.reactivesession.SessionEvent.Refused.Reason;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionToken;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.Opening;
import dev.reactivesession.store.SaveOutcome;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.TokenChange;
import dev.reactivesession.test.ControllableClock;
import dev.reactivesession.test.StoreOperation;
import dev.reactivesession.test.StoreProbe;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** E17: a store of revocations that has lost its data lets no ended session back in. */
class LostRevocationsTest {

    private static final Opening REVOKED = new Opening.Rejected(Reason.REVOKED);

    private final InMemorySessionStore memory = new InMemorySessionStore();

    private final StoreProbe probe = StoreProbe.around(memory);

    private final SealedSessionVault vault = node(RevocationSettings.defaults());

    private SealedSessionVault node(RevocationSettings settings) {
        var revocations = new Revocations(probe.store(), LIMITS, ControllableClock.at(NOW), settings);
        return new SealedSessionVault(keys(1), SETTINGS, LIMITS, RANDOM, revocations);
    }

    private static SessionRecord of(String principal) {
        return Samples.record(principal, new byte[0], NOW);
    }

    private void lose() {
        memory.deleteAll().block();
    }

    @Test
    void e17NoEndedSessionComesBack() {
        List<SessionToken> ended = List.of(insert(vault, of("alice")), insert(vault, of(null)));
        ended.forEach(token -> vault.delete(opened(vault, token)).block());

        lose();

        assertThat(ended).allMatch(token -> open(vault, token).equals(REVOKED));
    }

    @Test
    void e17NoEndedSessionComesBackAfterARestartOfTheNodeToo() {
        SessionToken ended = insert(vault, of("alice"));
        vault.delete(opened(vault, ended)).block();

        lose();

        assertThat(open(node(RevocationSettings.defaults()), ended)).isEqualTo(REVOKED);
    }

    @Test
    void e17NoTokenFromBeforeARotationOrASignOutComesBack() {
        SessionToken anonymous = insert(vault, of(null));
        SessionToken alice = update(vault, successor(opened(vault, anonymous), "alice"), TokenChange.ROTATE);

        lose();

        assertThat(open(vault, anonymous)).isEqualTo(REVOKED);
        assertThat(open(vault, alice)).isEqualTo(REVOKED);
    }

    @Test
    void aRequestUnderWayDuringTheLossSavesNothingThatOpensAndRotatesNothing() {
        SessionRecord slow = opened(vault, insert(vault, of("alice")));
        vault.delete(slow).block();

        lose();

        SessionToken saved = update(vault, successor(slow, "alice"), TokenChange.KEEP);
        assertThat(open(vault, saved)).isEqualTo(REVOKED);
        assertThat(Samples.outcome(vault, successor(slow, "alice"), TokenChange.ROTATE))
                .isEqualTo(new SaveOutcome.Gone());
        assertThat(Samples.outcome(vault, successor(slow, null), TokenChange.ROTATE))
                .isEqualTo(new SaveOutcome.Gone());
    }

    @Test
    void sessionsBegunAfterTheLossLiveOnEveryNode() {
        SessionToken before = insert(vault, of("alice"));
        lose();
        assertThat(open(vault, before)).isEqualTo(REVOKED);

        List<SessionToken> after = List.of(insert(vault, of("alice")), insert(vault, of(null)));

        assertThat(after).allMatch(token -> open(vault, token) instanceof Opening.Opened);
        assertThat(after).allMatch(token -> open(node(RevocationSettings.defaults()), token) instanceof Opening.Opened);
    }

    @Test
    void whereLostRevocationsKeepSessionsTheEndedOnesAreBackAsDocumented() {
        var keeping = node(RevocationSettings.defaults().withOnLost(LostRevocations.KEEP_SESSIONS));
        SessionToken ended = insert(keeping, of("alice"));
        keeping.delete(opened(keeping, ended)).block();
        assertThat(open(keeping, ended)).isEqualTo(REVOKED);

        lose();

        assertThat(open(keeping, ended)).isInstanceOf(Opening.Opened.class);
    }

    @Test
    void tokensFromBeforeTheRevocationWasSwitchedOnAreDenied() {
        SessionToken unrevoked = insert(Samples.vault(1), of("alice"));

        assertThat(open(vault, unrevoked)).isEqualTo(REVOKED);
    }

    @Test
    void theLossIsInTheLogOnceAsAWarning() {
        List<SessionToken> tokens = List.of(insert(vault, of("alice")), insert(vault, of(null)));
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(Revocations.class);
        logger.addAppender(log);
        log.start();
        try {
            lose();
            tokens.forEach(token -> open(vault, token));
            tokens.forEach(token -> open(vault, token));
        } finally {
            logger.detachAppender(log);
        }

        assertThat(log.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage())
                        .contains("lost its data")
                        .contains("reactive-session.sealed.on-lost-revocations"));
        assertThat(log.list.get(0).getLevel()).hasToString("WARN");
    }

    @Test
    void aStoreThatDoesNotAnswerAboutItselfIsAnErrorAndNoAdmission() {
        SessionToken token = insert(vault, of("alice"));
        probe.failNext(StoreOperation.FIND, 2, new SessionException.Unavailable("gone", null));

        assertThatThrownBy(() -> open(vault, token)).isInstanceOf(SessionException.Unavailable.class);
    }

    @Test
    void aDamagedMarkIsAnErrorAndNoAdmission() {
        SessionToken token = insert(vault, of("alice"));
        SessionRecord mark = memory.find(Subject.OF_STORE).block();
        memory.update(
                        new SessionRecord(
                                mark.id(),
                                mark.proof(),
                                mark.version() + 1,
                                mark.createdAt(),
                                mark.lastAccessedAt(),
                                mark.idleTimeout(),
                                mark.expiresAt(),
                                mark.principal(),
                                "\"x\"".getBytes(StandardCharsets.UTF_8)),
                        mark.version())
                .block();

        assertThatThrownBy(() -> open(vault, token)).isInstanceOf(SessionException.Unreadable.class);
    }

    @Test
    void ofNodesThatBeginAtOnceOneLeavesTheMark() {
        for (int round = 0; round < 100; round++) {
            lose();
            List<SealedSessionVault> nodes = List.of(
                    node(RevocationSettings.defaults()),
                    node(RevocationSettings.defaults()),
                    node(RevocationSettings.defaults()));

            List<SessionToken> tokens =
                    Samples.inParallel(3, index -> nodes.get(index).insert(of("alice"), List.of())).stream()
                            .map(Samples::tokenOf)
                            .toList();

            assertThat(tokens)
                    .allMatch(token -> nodes.stream().allMatch(node -> open(node, token) instanceof Opening.Opened));
        }
    }
}
