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
import static dev.reactivesession.cookie.Samples.tokenOf;
import static dev.reactivesession.cookie.Samples.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.SessionEvent.Refused.Reason;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionToken;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.Opening;
import dev.reactivesession.store.SaveOutcome;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.TokenChange;
import dev.reactivesession.test.ControllableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S29: visitors who never log in fill no store of revocations, and never displace the end of a user's session. */
class AnonymousRevocationsTest {

    private static final Opening REVOKED = new Opening.Rejected(Reason.REVOKED);

    private static final Opening REPLACED = new Opening.Rejected(Reason.FORGED);

    private static final int BOUND = 100;

    private final ControllableClock clock = ControllableClock.at(NOW);

    private final InMemorySessionStore store = new InMemorySessionStore();

    private final Revocations revocations =
            new Revocations(store, LIMITS, clock, RevocationSettings.defaults().withMaximum(BOUND));

    private final SealedSessionVault vault = vault(revocations);

    private static SealedSessionVault vault(Revocations revocations) {
        return new SealedSessionVault(keys(1), SETTINGS, LIMITS, RANDOM, revocations);
    }

    private SessionRecord of(String principal) {
        return Samples.record(principal, new byte[0], clock.instant());
    }

    private SessionToken begunAndEnded(SealedSessionVault vault, String principal) {
        SessionToken token = insert(vault, of(principal));
        vault.delete(opened(vault, token)).block();
        return token;
    }

    private Opening openNow(SessionToken token) {
        return open(vault, token, clock.instant());
    }

    private long remembered() {
        return store.expired(Instant.MAX).count().block();
    }

    @Test
    void moreEndsThanTheBoundAreNotRemembered() {
        for (int visitor = 0; visitor < 3 * BOUND; visitor++) {
            begunAndEnded(vault, null);
        }

        assertThat(remembered()).isEqualTo(BOUND + 1);
        assertThat(revocations.forgotten()).isEqualTo(2 * BOUND);
    }

    @Test
    void moreRotationsThanTheBoundAreNotRememberedAndGiveTokensAllTheSame() {
        for (int visitor = 0; visitor < 2 * BOUND; visitor++) {
            SessionRecord record = opened(vault, insert(vault, of(null)));
            assertThat(openNow(update(vault, successor(record, null), TokenChange.ROTATE)))
                    .isInstanceOf(Opening.Opened.class);
        }

        assertThat(remembered()).isEqualTo(BOUND + 1);
    }

    @Test
    void theEndsOfUsersSessionsAreRememberedBesides() {
        for (int visitor = 0; visitor < 2 * BOUND; visitor++) {
            begunAndEnded(vault, null);
        }

        for (int user = 0; user < 2 * BOUND; user++) {
            assertThat(openNow(begunAndEnded(vault, "user " + user))).isEqualTo(REVOKED);
            SessionToken anonymous = insert(vault, of(null));
            update(vault, successor(opened(vault, anonymous), "user " + user), TokenChange.ROTATE);
            assertThat(openNow(anonymous)).isEqualTo(REPLACED);
        }
    }

    @Test
    void thereIsRoomAgainWhenTheFirstAreForgotten() {
        for (int visitor = 0; visitor < 2 * BOUND; visitor++) {
            begunAndEnded(vault, null);
        }
        clock.advance(Duration.ofMinutes(36));

        assertThat(openNow(begun())).isEqualTo(REVOKED);
    }

    private SessionToken begun() {
        SessionToken token = insert(vault, of(null));
        vault.delete(((Opening.Opened) openNow(token)).record()).block();
        return token;
    }

    @Test
    void aFullMemoryStoreForgetsAnonymousEndsAndNeverAUsers() {
        InMemorySessionStore small = new InMemorySessionStore(BOUND, "reactive-session.sealed.max-revocations");
        var vault = vault(new Revocations(small, LIMITS, clock));
        SessionToken alice = begunAndEnded(vault, "alice");
        for (int visitor = 0; visitor < 5 * BOUND; visitor++) {
            begunAndEnded(vault, null);
        }

        assertThat(open(vault, alice)).isEqualTo(REVOKED);
        assertThat(open(vault, begunAndEnded(vault, "bob"))).isEqualTo(REVOKED);
        assertThat(small.dropped()).isGreaterThan(3 * BOUND);
        assertThat(small.expired(Instant.MAX).count().block()).isEqualTo(BOUND);
    }

    @ParameterizedTest(name = "a save {0} minutes after the end")
    @ValueSource(ints = {0, 1, 20, 35, 40, 120})
    void aLongRequestBringsNoEndedSessionBackWheneverItSaves(int minutes) {
        SessionToken token = insert(vault, of(null));
        SessionRecord slow = opened(vault, token);
        vault.delete(opened(vault, token)).block();
        clock.advance(Duration.ofMinutes(minutes));
        Instant now = clock.instant();

        SaveOutcome touched = vault.touch(slow, now, now.plus(Samples.IDLE)).block();

        for (int later = 0; later < 60; later++) {
            clock.advance(Duration.ofMinutes(1));
            assertThat(isOpen(touched)).isFalse();
        }
    }

    private boolean isOpen(SaveOutcome outcome) {
        return outcome instanceof SaveOutcome.Saved saved && openNow(saved.token()) instanceof Opening.Opened;
    }

    @Test
    void aLongRequestKeepsTheSessionThatWasNotEnded() {
        SessionRecord slow = opened(vault, insert(vault, of(null)));
        clock.advance(Duration.ofMinutes(29));
        Instant now = clock.instant();

        SaveOutcome touched = vault.touch(slow, now, now.plus(Samples.IDLE)).block();

        assertThat(isOpen(touched)).isTrue();
        assertThat(remembered()).isEqualTo(1);
    }

    @Test
    void theEndOfASessionThatLivesLongerThanUsualIsRememberedForAsLong() {
        SessionRecord record = lasting(of(null), Duration.ofHours(6));
        SessionToken token = insert(vault, record);
        vault.delete(opened(vault, token)).block();

        assertNeverOpens(token);
    }

    @Test
    void alsoWhenAParallelRequestHadMadeItLiveLonger() {
        SessionToken token = insert(vault, of(null));
        SessionRecord one = opened(vault, token);
        SessionRecord other = opened(vault, token);
        SessionToken longer =
                tokenOf(Samples.outcome(vault, lasting(successor(one, null), Duration.ofHours(6)), TokenChange.KEEP));

        vault.delete(other).block();

        assertNeverOpens(longer);
    }

    @Test
    void andWhenItWasMadeToLiveLongerAfterItsEnd() {
        SessionToken token = insert(vault, of(null));
        SessionRecord slow = opened(vault, token);
        vault.delete(opened(vault, token)).block();

        assertThat(Samples.outcome(vault, lasting(successor(slow, null), Duration.ofHours(6)), TokenChange.KEEP))
                .isEqualTo(new SaveOutcome.Gone());
    }

    private void assertNeverOpens(SessionToken token) {
        for (int minutes = 0; minutes < 6 * 60; minutes += 10) {
            assertThat(openNow(token)).isEqualTo(REVOKED);
            clock.advance(Duration.ofMinutes(10));
            store.expired(clock.instant())
                    .collectList()
                    .flatMapMany(ids -> store.deleteExpired(ids, clock.instant()))
                    .blockLast();
        }
    }

    private static SessionRecord lasting(SessionRecord record, Duration idle) {
        return new SessionRecord(
                record.id(),
                record.proof(),
                record.version(),
                record.createdAt(),
                record.lastAccessedAt(),
                idle,
                record.lastAccessedAt().plus(idle),
                record.principal(),
                record.payload());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 100_000_001})
    void aBoundOutOfBoundsIsRefusedByName(int maximum) {
        assertThatThrownBy(() -> RevocationSettings.defaults().withMaximum(maximum))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining("reactive-session.sealed.max-revocations is " + maximum);
    }

    @Test
    void noUserNameIsStored() {
        begunAndEnded(vault, "alice");

        assertThat(List.copyOf(store.expired(Instant.MAX)
                        .flatMap(store::find)
                        .map(SessionRecord::toString)
                        .collectList()
                        .block()))
                .hasSize(2)
                .noneMatch(text -> text.contains("alice"));
    }
}
