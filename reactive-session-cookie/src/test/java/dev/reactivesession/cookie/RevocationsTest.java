package dev.reactivesession.cookie;

import static dev.reactivesession.cookie.Samples.LIMITS;
import static dev.reactivesession.cookie.Samples.NOW;
import static dev.reactivesession.cookie.Samples.RANDOM;
import static dev.reactivesession.cookie.Samples.SETTINGS;
import static dev.reactivesession.cookie.Samples.inParallel;
import static dev.reactivesession.cookie.Samples.insert;
import static dev.reactivesession.cookie.Samples.keys;
import static dev.reactivesession.cookie.Samples.record;
import static dev.reactivesession.cookie.Samples.successor;
import static dev.reactivesession.cookie.Samples.tokenOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.SessionEvent.Refused.Reason;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.SessionToken;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.Opening;
import dev.reactivesession.store.SaveOutcome;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.TokenChange;
import dev.reactivesession.test.ControllableClock;
import dev.reactivesession.test.SampleRecord;
import dev.reactivesession.test.StoreCall;
import dev.reactivesession.test.StoreOperation;
import dev.reactivesession.test.StoreProbe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RevocationsTest {

    private static final Opening REVOKED = new Opening.Rejected(Reason.REVOKED);

    private static final Opening REPLACED = new Opening.Rejected(Reason.FORGED);

    private static final RevocationSettings KEEPING =
            RevocationSettings.defaults().withOnLost(LostRevocations.KEEP_SESSIONS);

    private static final SaveOutcome GONE = new SaveOutcome.Gone();

    private final ControllableClock clock = ControllableClock.at(NOW);

    private final StoreProbe probe = StoreProbe.around(new InMemorySessionStore());

    private final SessionStore store = probe.store();

    private final Revocations revocations = new Revocations(store, LIMITS, clock);

    private final SealedSessionVault vault = vault(LIMITS, revocations);

    /** The first session leaves a mark in the store, by which it is known from one that has lost its data. */
    @BeforeEach
    void begin() {
        insert(vault, record());
        probe.assertCalls(StoreOperation.FIND, StoreOperation.INSERT);
        probe.forget();
    }

    @Test
    void e12AfterALogoutTheTokenIsDenied() {
        SessionToken token = insert(vault, record());

        assertThat(end(token)).isTrue();

        assertThat(open(token)).isEqualTo(REVOKED);
    }

    @Test
    void e12WithoutRevocationAnOldTokenOpensAsDocumented() {
        var unrevoked = Samples.vault(1);
        SessionToken token = insert(unrevoked, record());

        assertThat(unrevoked.delete(Samples.opened(unrevoked, token)).block()).isTrue();

        assertThat(Samples.open(unrevoked, token)).isInstanceOf(Opening.Opened.class);
    }

    @Test
    void e12AfterARotationEveryOlderTokenIsDenied() {
        SessionToken first = insert(vault, record());
        SessionToken second = save(opened(first), null, TokenChange.KEEP);
        SessionRecord loaded = opened(second);

        SessionToken rotated = save(loaded, null, TokenChange.ROTATE);

        assertThat(open(first)).isEqualTo(REPLACED);
        assertThat(open(second)).isEqualTo(REPLACED);
        assertThat(opened(rotated).id()).isEqualTo(loaded.id());
    }

    @Test
    void whatAStolenTokenWasSavedIntoDiesWithItAtTheNextRotation() {
        SessionToken stolen = insert(vault, record());
        SessionRecord victim = opened(stolen);
        SessionToken kept = stolen;
        for (int save = 0; save < 50; save++) {
            kept = save(opened(kept), null, TokenChange.KEEP);
        }

        SessionToken loggedIn = save(victim, "alice", TokenChange.ROTATE);

        assertThat(open(kept)).isEqualTo(REPLACED);
        assertThat(opened(loggedIn).principal()).isEqualTo("alice");
    }

    @Test
    void aRequestThatSavesAfterTheLogoutBringsNothingBack() {
        SessionRecord slow = opened(insert(vault, record()));
        end(slow);

        assertThat(open(save(slow, null, TokenChange.KEEP))).isEqualTo(REVOKED);
        assertThat(open(tokenOf(vault.touch(slow, NOW, NOW.plusSeconds(60)).block())))
                .isEqualTo(REVOKED);
        assertThat(update(slow, "alice", TokenChange.ROTATE)).isEqualTo(GONE);
        assertThat(update(slow, null, TokenChange.ROTATE)).isEqualTo(GONE);
    }

    @Test
    void aLogoutThatLoadedTheSessionBeforeTheLoginEndsItAllTheSame() {
        SessionToken anonymous = insert(vault, record());
        SessionRecord slow = opened(anonymous);
        SessionToken loggedIn = save(opened(anonymous), "alice", TokenChange.ROTATE);

        assertThat(end(slow)).isTrue();

        assertThat(open(loggedIn)).isEqualTo(REVOKED);
    }

    @Test
    void aSessionIsEndedWhereverItWentMeanwhile() {
        SessionRecord slow = opened(insert(vault, record()));
        SessionToken alice = save(slow, "alice", TokenChange.ROTATE);
        SessionToken nobody = save(opened(alice), null, TokenChange.ROTATE);
        SessionToken bob = save(opened(nobody), "bob", TokenChange.ROTATE);
        SessionToken again = save(opened(bob), "alice", TokenChange.ROTATE);

        assertThat(end(slow)).isTrue();

        assertThat(open(again)).isEqualTo(REVOKED);
        assertThat(end(slow)).isFalse();
    }

    @Test
    void aSessionThatChangesHandsLeavesNoOlderTokenAlive() {
        SessionToken nobody = insert(vault, record());
        SessionToken alice = save(opened(nobody), "alice", TokenChange.ROTATE);
        SessionToken nobodyAgain = save(opened(alice), null, TokenChange.ROTATE);

        assertThat(open(nobody)).isEqualTo(REPLACED);
        assertThat(open(alice)).isEqualTo(REPLACED);
        assertThat(opened(nobodyAgain).principal()).isNull();
    }

    @Test
    void signOutEverywhereEndsEverySessionOfTheUserAndOfNobodyElse() {
        List<SessionToken> alices = List.of(
                insert(vault, recordOf("alice")), save(opened(insert(vault, record())), "alice", TokenChange.ROTATE));
        SessionToken bob = insert(vault, recordOf("bob"));
        SessionToken nobody = insert(vault, record());

        revocations.endAll("alice").block();

        assertThat(alices).allMatch(token -> open(token).equals(REVOKED));
        assertThat(List.of(bob, nobody)).allMatch(token -> open(token) instanceof Opening.Opened);
    }

    @Test
    void s30EndingAUserWhoseNameIsNoTextEndsNobodyElse() {
        SessionToken admin = insert(vault, recordOf("admin?"));

        revocations.endAll("admin\ud800").block();

        assertThat(open(admin)).isInstanceOf(Opening.Opened.class);
    }

    @Test
    void afterSigningOutEverywhereASessionBegunBeforeMayLogIn() {
        SessionToken nobody = insert(vault, record());
        revocations.endAll("alice").block();

        SessionToken alice = save(opened(nobody), "alice", TokenChange.ROTATE);

        assertThat(opened(alice).principal()).isEqualTo("alice");
        revocations.endAll("alice").block();
        assertThat(open(alice)).isEqualTo(REVOKED);
    }

    @Test
    void signOutEverywhereHoldsWhenClocksDiffer() {
        var ahead = ControllableClock.at(NOW.plus(Duration.ofMinutes(3)));
        var elsewhere = vault(LIMITS, new Revocations(store, LIMITS, ahead));
        SessionToken alice = insert(elsewhere, recordOf("alice"));

        revocations.endAll("alice").block();

        assertThat(open(alice)).isEqualTo(REVOKED);
    }

    @Test
    void signOutEverywhereElseKeepsTheOneSession() {
        SessionToken other = insert(vault, recordOf("alice"));
        SessionToken current = insert(vault, recordOf("alice"));

        revocations.endOthers("alice", opened(current).id()).block();

        assertThat(open(other)).isEqualTo(REVOKED);
        SessionToken rotated = save(opened(current), "alice", TokenChange.ROTATE);
        assertThat(open(current)).isEqualTo(REPLACED);
        assertThat(open(rotated)).isInstanceOf(Opening.Opened.class);
        revocations.endAll("alice").block();
        assertThat(open(rotated)).isEqualTo(REVOKED);
    }

    @Test
    void oneSessionCanBeEndedByItsIdFromOutside() {
        SessionToken alice = insert(vault, recordOf("alice"));
        SessionToken nobody = insert(vault, record());
        SessionId aliceId = opened(alice).id();

        assertThat(revocations.end(aliceId, "alice").block()).isTrue();
        assertThat(revocations.end(opened(nobody).id(), null).block()).isTrue();

        assertThat(revocations.end(aliceId, "alice").block()).isFalse();
        assertThat(open(alice)).isEqualTo(REVOKED);
        assertThat(open(nobody)).isEqualTo(REVOKED);
    }

    @Test
    void eachOpeningAsksAboutTheTokenAndThenAboutTheStoreItself() {
        for (SessionRecord record : List.of(record(), recordOf("alice"))) {
            SessionToken token = insert(vault, record);
            probe.forget();

            open(token);

            assertThat(probe.calls())
                    .extracting(StoreCall::id)
                    .containsExactly(Subject.of(record).key(), Subject.OF_STORE);
        }
    }

    @Test
    void oneLookupForEachOpeningWhereLostRevocationsKeepSessions() {
        var keeping = vault(LIMITS, new Revocations(store, LIMITS, clock, KEEPING));
        for (SessionRecord record : List.of(record(), recordOf("alice"))) {
            SessionToken token = insert(keeping, record);
            probe.forget();

            Samples.open(keeping, token);

            probe.assertCalls(StoreOperation.FIND);
        }
    }

    @Test
    void noLookupForWhatOpensNothing() {
        SessionToken token = insert(vault, record());

        open(new SessionToken("nonsense"));
        open(insert(Samples.vault(2), record()));
        vault.open(token, NOW.plus(Duration.ofDays(1))).block();

        probe.assertNoCalls();
    }

    @Test
    void nothingIsWrittenWhileNothingEnds() {
        SessionRecord loaded = opened(insert(vault, recordOf("alice")));
        SessionToken saved = save(loaded, "alice", TokenChange.KEEP);
        vault.touch(opened(saved), NOW, NOW.plusSeconds(60)).block();

        assertThat(probe.operations()).containsOnly(StoreOperation.FIND);
    }

    @Test
    void aRenewedTokenIsTakenForItsGraceAndThenDenied() {
        SessionLimits renewing =
                LIMITS.withRenewal(new SessionLimits.Renewal(Duration.ofMinutes(5), Duration.ofSeconds(10)));
        var vault = vault(renewing, new Revocations(store, renewing, clock));
        SessionToken first = insert(vault, record());
        clock.advance(Duration.ofMinutes(5));
        Opening.Opened due = (Opening.Opened) vault.open(first, clock.instant()).block();
        SessionRecord next = successor(due.record(), null).touched(clock.instant(), NOW.plusSeconds(9000));

        SessionToken renewed =
                tokenOf(vault.update(next, 1, TokenChange.RENEW, List.of()).block());
        SessionToken alsoRenewed =
                tokenOf(vault.update(next, 1, TokenChange.RENEW, List.of()).block());

        assertThat(due.renewalDue()).isTrue();
        assertThat(((Opening.Opened) vault.open(renewed, clock.instant()).block()).renewalDue())
                .isFalse();
        assertThat(vault.open(first, clock.instant()).block()).isInstanceOf(Opening.Opened.class);
        clock.advance(Duration.ofSeconds(10));
        assertThat(vault.open(first, clock.instant()).block()).isEqualTo(REPLACED);
        assertThat(vault.open(renewed, clock.instant()).block()).isInstanceOf(Opening.Opened.class);
        assertThat(vault.open(alsoRenewed, clock.instant()).block()).isInstanceOf(Opening.Opened.class);
    }

    @Test
    void resealingUnderANewKeyDeniesNothingToRequestsUnderWay() {
        SessionToken old = insert(vault, record());
        var rotated = new SealedSessionVault(keys(2, 1), SETTINGS, LIMITS, RANDOM, revocations);
        SessionRecord loaded = ((Opening.Opened) rotated.open(old, NOW).block()).record();

        rotated.update(successor(loaded, null), 1, TokenChange.RENEW, List.of()).block();

        assertThat(rotated.open(old, NOW).block()).isInstanceOf(Opening.Opened.class);
        assertThat(probe.operations()).containsOnly(StoreOperation.FIND);
    }

    @Test
    void aRotationThatDoesNotFitLeavesTheOldTokenAlive() {
        SessionRecord full = Samples.record(null, new byte[2958], NOW);
        SessionToken token = insert(vault, full);
        SessionRecord loaded = opened(token);

        assertThatThrownBy(() -> update(loaded, "somebody@example.com", TokenChange.ROTATE))
                .isInstanceOf(SessionException.TooLarge.class);

        assertThat(open(token)).isInstanceOf(Opening.Opened.class);
        assertThat(probe.operations()).containsOnly(StoreOperation.FIND);
    }

    @ParameterizedTest(name = "{0} fails")
    @EnumSource(names = {"FIND", "INSERT"})
    void aLoginThatFailsLeavesTheOldTokenAlive(StoreOperation operation) {
        SessionToken token = insert(vault, record());
        SessionRecord loaded = opened(token);
        probe.failNext(operation, 1, new SessionException.Unavailable("gone", null));

        assertThatThrownBy(() -> update(loaded, "alice", TokenChange.ROTATE))
                .isInstanceOf(SessionException.Unavailable.class);

        assertThat(open(token)).isInstanceOf(Opening.Opened.class);
    }

    @Test
    void nothingIsAskedOfTheStoreOnceTheOldTokenIsDenied() {
        SessionRecord loaded = opened(insert(vault, record()));
        probe.forget();

        save(loaded, "alice", TokenChange.ROTATE);

        probe.assertCalls(StoreOperation.FIND, StoreOperation.FIND, StoreOperation.FIND, StoreOperation.INSERT);
    }

    @Test
    void ofConcurrentRotationsOfOneTokenExactlyOneSucceeds() {
        for (int round = 0; round < 200; round++) {
            SessionRecord loaded = opened(insert(vault, record()));

            List<SaveOutcome> outcomes = inParallel(
                    8, index -> vault.update(successor(loaded, "user " + index % 3), 1, TokenChange.ROTATE, List.of()));

            assertThat(outcomes).filteredOn(SaveOutcome.Saved.class::isInstance).hasSize(1);
            assertThat(outcomes).filteredOn(GONE::equals).hasSize(7);
        }
    }

    @Test
    void noInterleavingOfLogoutAndLoginLeavesTheSessionAlive() {
        for (int round = 0; round < 500; round++) {
            SessionRecord loaded = opened(insert(vault, record()));

            List<Object> outcomes = inParallel(
                    4,
                    index -> index % 2 == 0
                            ? vault.delete(loaded).cast(Object.class)
                            : vault.update(successor(loaded, "alice"), 1, TokenChange.ROTATE, List.of())
                                    .cast(Object.class));

            assertThat(outcomes)
                    .filteredOn(SaveOutcome.Saved.class::isInstance)
                    .allMatch(saved -> open(tokenOf((SaveOutcome) saved)).equals(REVOKED));
        }
    }

    @Test
    void concurrentLogoutsOfOneUserAreAllRemembered() {
        List<SessionToken> tokens = IntStream.range(0, 40)
                .mapToObj(index -> insert(vault, recordOf("alice")))
                .toList();
        List<SessionRecord> loaded = tokens.stream().map(this::opened).toList();

        List<Boolean> ended = inParallel(40, index -> vault.delete(loaded.get(index)));

        assertThat(ended).hasSize(40).containsOnly(true);
        assertThat(tokens).allMatch(token -> open(token).equals(REVOKED));
    }

    @Test
    void aUserWhoEndsTooManySessionsIsSignedOutEverywhere() {
        SessionToken other = insert(vault, recordOf("alice"));
        SessionToken bob = insert(vault, recordOf("bob"));
        for (int session = 0; session <= RevokedTokens.MOST_SESSIONS; session++) {
            end(insert(vault, recordOf("alice")));
        }

        assertThat(open(other)).isEqualTo(REVOKED);
        assertThat(open(bob)).isInstanceOf(Opening.Opened.class);
        assertThat(open(insert(vault, recordOf("alice")))).isInstanceOf(Opening.Opened.class);
    }

    @Test
    void theEndOfAUsersSessionIsRememberedUntilItsAbsoluteDeadlineAndTheTolerance() {
        assertForgottenAfter("alice", Duration.ofHours(12).plus(SealedSessionSettings.CLOCK_TOLERANCE));
    }

    @Test
    void theEndOfAnAnonymousSessionIsRememberedUntilItsIdleDeadlineAMinuteAndTheTolerance() {
        assertForgottenAfter(null, Duration.ofMinutes(31).plus(SealedSessionSettings.CLOCK_TOLERANCE));
    }

    private void assertForgottenAfter(String principal, Duration remembered) {
        InMemorySessionStore swept = new InMemorySessionStore();
        var vault = vault(LIMITS, new Revocations(swept, LIMITS, clock));
        SessionToken token = insert(vault, recordOf(principal));
        vault.delete(Samples.opened(vault, token)).block();
        Instant forgotten = NOW.plus(remembered);

        assertThat(swept.expired(forgotten.minusMillis(1)).collectList().block())
                .isEmpty();
        assertThat(swept.expired(forgotten).collectList().block()).hasSize(1);
    }

    @Test
    void aDenialPastItsDeadlineThatStillLiesThereDoesNotHinderANewOne() {
        end(insert(vault, recordOf("alice")));
        clock.advance(Duration.ofDays(2));
        SessionToken later = tokenOf(vault.insert(Samples.record("alice", new byte[0], clock.instant()), List.of())
                .block());

        SessionRecord loaded =
                ((Opening.Opened) vault.open(later, clock.instant()).block()).record();
        assertThat(end(loaded)).isTrue();

        assertThat(vault.open(later, clock.instant()).block()).isEqualTo(REVOKED);
    }

    @Test
    void aStoreThatFailsIsAnErrorAndNotAVisitorWithoutASession() {
        SessionToken token = insert(vault, record());
        probe.failNext(StoreOperation.FIND, 1, new SessionException.Unavailable("gone", null));

        assertThatThrownBy(() -> open(token)).isInstanceOf(SessionException.Unavailable.class);
    }

    @Test
    void aDamagedMemoryIsAnErrorAndNotAnAdmission() {
        SessionToken token = insert(vault, record());
        SessionRecord loaded = opened(token);
        end(loaded);
        SessionRecord there = store.find(Subject.of(loaded).key()).block();
        store.update(
                        new SessionRecord(
                                there.id(),
                                there.proof(),
                                there.version() + 1,
                                there.createdAt(),
                                there.lastAccessedAt(),
                                there.idleTimeout(),
                                there.expiresAt(),
                                null,
                                "\"AAA\"".getBytes(StandardCharsets.UTF_8)),
                        there.version())
                .block();

        assertThatThrownBy(() -> open(token)).isInstanceOf(SessionException.Unreadable.class);
    }

    @Test
    void aSessionIsNotRememberedForLongerThanItsEndWouldBe() {
        SessionRecord month = lasting(record(), Duration.ofDays(30));

        assertThatThrownBy(() -> insert(vault, month))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining("reactive-session.absolute-timeout");
        SessionToken token = insert(vault, record());
        assertThatThrownBy(() -> save(lasting(opened(token), Duration.ofDays(30)), null, TokenChange.KEEP))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining("reactive-session.absolute-timeout");
        assertThat(open(token)).isInstanceOf(Opening.Opened.class);
    }

    @Test
    void aTokenThatWasRememberedWithoutRevocationIsTakenAsLongAsItsEndWouldBeRemembered() {
        SessionToken month = insert(Samples.vault(1), lasting(record(), Duration.ofDays(30)));

        assertThat(vault(LIMITS, new Revocations(store, LIMITS, clock, KEEPING))
                        .open(month, NOW)
                        .block())
                .isInstanceOf(Opening.Opened.class);
        Instant later = NOW.plus(Duration.ofHours(12)).plus(SealedSessionSettings.CLOCK_TOLERANCE);
        assertThat(vault(LIMITS, new Revocations(store, LIMITS, clock, KEEPING))
                        .open(month, later)
                        .block())
                .isEqualTo(REVOKED);
    }

    private static SessionRecord lasting(SessionRecord record, Duration time) {
        return SampleRecord.of(record).expires(record.createdAt().plus(time)).record();
    }

    @Test
    void revocationNeedsAnAbsoluteTimeout() {
        assertThatThrownBy(() -> new Revocations(store, LIMITS.withoutAbsoluteTimeout(), clock))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining("reactive-session.absolute-timeout");
    }

    private static SealedSessionVault vault(SessionLimits limits, Revocations revocations) {
        return new SealedSessionVault(keys(1), SETTINGS, limits, RANDOM, revocations);
    }

    private static SessionRecord recordOf(String principal) {
        return Samples.record(principal, new byte[0], NOW);
    }

    private Opening open(SessionToken token) {
        return Samples.open(vault, token);
    }

    private SessionRecord opened(SessionToken token) {
        return Samples.opened(vault, token);
    }

    private boolean end(SessionToken token) {
        return end(opened(token));
    }

    private boolean end(SessionRecord record) {
        return vault.delete(record).block();
    }

    private SaveOutcome update(SessionRecord loaded, String principal, TokenChange change) {
        return vault.update(successor(loaded, principal), loaded.version(), change, List.of())
                .block();
    }

    private SessionToken save(SessionRecord loaded, String principal, TokenChange change) {
        return tokenOf(update(loaded, principal, change));
    }
}
