package dev.reactivesession.cookie;

import static dev.reactivesession.cookie.Samples.LIMITS;
import static dev.reactivesession.cookie.Samples.NOW;
import static dev.reactivesession.cookie.Samples.RANDOM;
import static dev.reactivesession.cookie.Samples.SETTINGS;
import static dev.reactivesession.cookie.Samples.insert;
import static dev.reactivesession.cookie.Samples.keys;
import static dev.reactivesession.cookie.Samples.open;
import static dev.reactivesession.cookie.Samples.opened;
import static dev.reactivesession.cookie.Samples.record;
import static dev.reactivesession.cookie.Samples.vault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.SessionEvent.Refused.Reason;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.SessionToken;
import dev.reactivesession.store.Opening;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.TokenChange;
import dev.reactivesession.web.CookieSettings;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One test at least for each thing asserted of a sealed cookie, named by its number. */
class SealedCookieSecurityTest {

    private static final int KEY_ID_AT = 1;

    private static final int NONCE_AT = 17;

    private static final int TAG_BYTES = 16;

    @ParameterizedTest(name = "a tag of {0} bytes")
    @ValueSource(ints = {0, 4, 8, 12, 13, 14, 15})
    void e1OnlyTagsOf128BitsAreTaken(int bytes) {
        byte[] token = bytes(insert(vault(1), record()));

        byte[] shorter = Arrays.copyOf(token, token.length - TAG_BYTES + bytes);

        assertThat(open(vault(1), token(shorter))).isEqualTo(new Opening.Rejected(Reason.FORGED));
    }

    @Test
    void e2NoTwoTokensShareANonceOrAKeystream() {
        SessionRecord record = record();
        Set<String> nonces = new HashSet<>();
        Set<String> beginnings = new HashSet<>();

        for (int index = 0; index < 10_000; index++) {
            byte[] token = bytes(insert(vault(1), record));
            nonces.add(HexFormat.of().formatHex(token, NONCE_AT, NONCE_AT + 24));
            beginnings.add(HexFormat.of().formatHex(token, NONCE_AT + 24, NONCE_AT + 40));
        }

        assertThat(nonces).hasSize(10_000);
        assertThat(beginnings).hasSize(10_000);
    }

    @Test
    void e2TwoNoncesThatDifferInTheirFirstHalfOnlyGiveDifferentKeys() throws Exception {
        XAesGcm cipher = new XAesGcm(new byte[32]);
        byte[] one = new byte[24];
        byte[] other = new byte[24];
        other[0] = 1;

        byte[] sealed =
                cipher.forMessage(javax.crypto.Cipher.ENCRYPT_MODE, one, 0).doFinal(new byte[64]);

        assertThat(cipher.forMessage(javax.crypto.Cipher.ENCRYPT_MODE, other, 0).doFinal(new byte[64]))
                .isNotEqualTo(sealed);
    }

    /** Passwords, patterns and other forms of Base64: each was once taken for a key. */
    static List<String> refusedKeys() {
        byte[] halves = Arrays.copyOf(randomBytes(16), 32);
        System.arraycopy(halves, 0, halves, 16, 16);
        String genuine = Samples.key(1);
        return List.of(
                "",
                "secret",
                "not base64 at all!",
                base64(new byte[31]),
                base64(randomBytes(31)),
                base64(randomBytes(33)),
                base64(randomBytes(64)),
                base64(new byte[32]),
                base64("correct horse battery staple, co".getBytes(StandardCharsets.UTF_8)),
                base64("correct horse battery staple, correct horse".getBytes(StandardCharsets.UTF_8)),
                base64("Übermäßig große Schlüsselöl".getBytes(StandardCharsets.UTF_8)),
                base64("Übermäßig große Ölschlüssel, 2x!".getBytes(StandardCharsets.ISO_8859_1)),
                base64("пароль пароли чех".getBytes(StandardCharsets.UTF_8)),
                base64("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII)),
                base64(steps(0, 1)),
                base64(steps(255, -1)),
                base64(steps(3, 7)),
                base64(halves),
                "ThisIsMyVerySecretPasswordForProductionUse2026",
                "ThisIsMyVerySecretPasswordForProductionUse2=",
                "thisismyverysecretpasswordforproductionuses=",
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq=",
                "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG=",
                "0123456789012345678901234567890123456789012=",
                genuine.substring(0, 43),
                genuine.replaceFirst("[0-9A-Za-z]=$", "B="),
                genuine.substring(0, 20) + "\n" + genuine.substring(20),
                HexFormat.of().formatHex(randomBytes(32)));
    }

    private static byte[] steps(int first, int step) {
        byte[] bytes = new byte[32];
        for (int index = 0; index < bytes.length; index++) {
            bytes[index] = (byte) (first + step * index);
        }
        return bytes;
    }

    @ParameterizedTest
    @MethodSource("refusedKeys")
    void e3e18OnlyTheBase64Of32RandomBytesIsAKeyAndTheRefusalShowsTheCommand(String key) {
        assertThatThrownBy(() -> SealingKeys.of(List.of(key)))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining("reactive-session.sealed.keys")
                .hasMessageContaining("openssl rand -base64 32")
                .extracting(Throwable::getMessage)
                .matches(message -> key.isEmpty() || !message.contains(key));
    }

    @Test
    void e3ThereIsNoDefaultKey() {
        assertThatThrownBy(() -> SealingKeys.of(List.of()))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining("there is no default")
                .hasMessageContaining("openssl rand -base64 32");
    }

    @Test
    void e18RandomKeysAreTaken() {
        byte[] material = new byte[KeyMaterial.BYTES];
        Random random = new Random(18);
        for (int index = 0; index < 50_000; index++) {
            random.nextBytes(material);
            KeyMaterial.requireRandom(material);
        }
    }

    @Test
    void e4TheKeyIdInTheTokenChoosesTheKeyAndNoOtherIsTried() {
        byte[] token = bytes(insert(vault(1), record()));
        writeKeyId(token, 2);

        assertThat(open(vault(1, 2), token(token))).isEqualTo(new Opening.Rejected(Reason.FORGED));
    }

    @Test
    void e4TheKeyIdIsACommitmentOf128BitsDerivedFromTheWholeKey() {
        byte[] token = bytes(insert(vault(1), record()));

        assertThat(HexFormat.of().formatHex(token, KEY_ID_AT, NONCE_AT))
                .isEqualTo(SealingKey.parse(Samples.key(1)).id())
                .hasSize(32);
        for (int bit = 0; bit < 256; bit++) {
            byte[] material = Base64.getDecoder().decode(Samples.key(1));
            material[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(SealingKey.of(material).id())
                    .isNotEqualTo(SealingKey.parse(Samples.key(1)).id());
        }
    }

    @Test
    void e5TwoCookiesWithSwappedValuesAreRefused() {
        var session = vault(SETTINGS, 1);
        var other = vault(SETTINGS.withCookieName("__Host-other"), 1);

        assertThat(open(session, insert(other, record()))).isEqualTo(new Opening.Rejected(Reason.FORGED));
        assertThat(open(other, insert(session, record()))).isEqualTo(new Opening.Rejected(Reason.FORGED));
    }

    @Test
    void e5EveryBitOfVersionAndKeyIdIsAuthenticated() {
        byte[] token = bytes(insert(vault(1), record()));

        for (int bit = 0; bit < 8 * NONCE_AT; bit++) {
            byte[] changed = token.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(open(vault(1), token(changed))).isInstanceOf(Opening.Rejected.class);
        }
    }

    @Test
    void e6TheFirstKeySealsAndAllListedKeysOpen() {
        SessionToken old = insert(vault(1), record());
        var rotated = vault(2, 1);

        assertThat(open(rotated, old)).isInstanceOf(Opening.Opened.class);
        assertThat(HexFormat.of().formatHex(bytes(insert(rotated, record())), KEY_ID_AT, NONCE_AT))
                .isEqualTo(SealingKey.parse(Samples.key(2)).id());
    }

    @Test
    void e6e19AnyWriteOrDueTouchBringsATokenUnderTheFirstKeyAndAReadDoesNot() {
        SessionToken old = insert(vault(1), record());
        var rotated = vault(2, 1);
        Opening.Opened found = (Opening.Opened) open(rotated, old);

        SessionToken written = Samples.update(rotated, Samples.successor(found.record(), null), TokenChange.KEEP);
        SessionToken touched = Samples.tokenOf(rotated.touch(found.record(), NOW.plusSeconds(60), NOW.plusSeconds(1860))
                .block());

        assertThat(found.renewalDue()).isFalse();
        assertThat(List.of(written, touched)).allMatch(token -> open(vault(2), token) instanceof Opening.Opened);
    }

    @Test
    void e19APeriodicRenewalWaitsForADueTouch() {
        SessionLimits renewing =
                LIMITS.withRenewal(new SessionLimits.Renewal(Duration.ofMinutes(5), Duration.ofSeconds(10)));
        var vault = new SealedSessionVault(keys(1), SETTINGS, renewing, RANDOM);
        SessionRecord record = opened(vault, insert(vault, record()));
        SessionToken used = Samples.tokenOf(
                vault.touch(record, NOW.plusSeconds(290), NOW.plusSeconds(290).plus(Samples.IDLE))
                        .block());

        assertThat(((Opening.Opened) open(vault, used, NOW.plusSeconds(349))).renewalDue())
                .isFalse();
        assertThat(((Opening.Opened) open(vault, used, NOW.plusSeconds(350))).renewalDue())
                .isTrue();
    }

    @Test
    void e6ARemovedKeyMeansNoSession() {
        assertThat(open(vault(2, 3), insert(vault(1), record()))).isEqualTo(new Opening.Rejected(Reason.UNKNOWN_KEY));
    }

    /** The deadline that was sealed is the earlier of both; the engine judges by the limits of today as well. */
    @Test
    void e7TheDeadlineThatWasSealedHoldsForABrowserSessionCookieToo() {
        Instant last = NOW.plus(Duration.ofHours(12)).minusMillis(1);
        SessionRecord busy = record().touched(last, NOW.plus(Duration.ofHours(12)));

        SessionToken token = insert(vault(1), busy);

        assertThat(open(vault(1), token, last)).isInstanceOf(Opening.Opened.class);
        assertThat(open(vault(1), token, NOW.plus(Duration.ofHours(12))))
                .isEqualTo(new Opening.Rejected(Reason.EXPIRED));
        assertThat(open(vault(1), token, NOW.plus(Duration.ofHours(13))))
                .isEqualTo(new Opening.Rejected(Reason.EXPIRED));
    }

    @Test
    void e20NoSessionBeginsLaterThanNowPlusTheTolerance() {
        Duration tolerance = SealedSessionSettings.CLOCK_TOLERANCE;
        SessionToken soon = insert(vault(1), Samples.record(null, new byte[0], NOW.plus(tolerance)));
        SessionToken later = insert(
                vault(1), Samples.record(null, new byte[0], NOW.plus(tolerance).plusMillis(1)));
        SessionToken inTenYears =
                insert(vault(1), Samples.record("alice", new byte[0], NOW.plus(Duration.ofDays(3650))));

        assertThat(open(vault(1), soon)).isInstanceOf(Opening.Opened.class);
        assertThat(open(vault(1), later)).isInstanceOf(Opening.Rejected.class);
        assertThat(open(vault(1), inTenYears)).isInstanceOf(Opening.Rejected.class);
    }

    @Test
    void e20NoSessionWasUsedLaterThanNowPlusTheTolerance() {
        SessionRecord ahead = record().touched(NOW.plus(Duration.ofHours(2)), NOW.plus(Duration.ofHours(3)));

        assertThat(open(vault(1), insert(vault(1), ahead))).isInstanceOf(Opening.Rejected.class);
    }

    @Test
    void twoApplicationsWithOneKeyShareNoSession() {
        var shop = vault(SETTINGS.withApplication("shop"), 1);
        var staging = vault(SETTINGS.withApplication("shop staging"), 1);

        assertThat(open(shop, insert(shop, record()))).isInstanceOf(Opening.Opened.class);
        assertThat(open(staging, insert(shop, record()))).isEqualTo(new Opening.Rejected(Reason.FORGED));
        assertThat(open(vault(1), insert(shop, record()))).isEqualTo(new Opening.Rejected(Reason.FORGED));
        assertThat(open(shop, insert(vault(1), record()))).isEqualTo(new Opening.Rejected(Reason.FORGED));
    }

    @Test
    void e7AtExactlyTheIdleDeadlineTheSessionIsGone() {
        SessionRecord record = record();
        SessionToken token = insert(vault(1), record);

        assertThat(open(vault(1), token, record.expiresAt().minusMillis(1))).isInstanceOf(Opening.Opened.class);
        assertThat(open(vault(1), token, record.expiresAt())).isEqualTo(new Opening.Rejected(Reason.EXPIRED));
    }

    @Test
    void e7TimesAreKeptToTheMillisecond() {
        SessionRecord record = record();

        SessionRecord found = opened(vault(1), insert(vault(1), record));

        assertThat(found.withProof(record.proof())).isEqualTo(record);
    }

    static List<String> badTokens() {
        byte[] token = bytes(insert(vault(1), record()));
        byte[] unknownVersion = token.clone();
        unknownVersion[0] = 2;
        byte[] unknownKey = token.clone();
        unknownKey[KEY_ID_AT] ^= 1;
        byte[] badTag = token.clone();
        badTag[badTag.length - 1] ^= 1;
        String text = token(token).value();
        return List.of(
                "",
                "=",
                "\0",
                "\0".repeat(500),
                text + "\0",
                text + "=",
                text + " ",
                " " + text,
                text.replaceFirst(".$", "\u0141"),
                text.substring(1),
                "A".repeat(10_000_000),
                "\uD800".repeat(1000),
                "a.b.c",
                "rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA",
                "{\"alg\":\"none\"}",
                token(unknownVersion).value(),
                token(unknownKey).value(),
                token(badTag).value());
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void e8EveryFailureIsARejectionAndNothingElse(String text) {
        assertThat(open(vault(1), new SessionToken(text))).isInstanceOf(Opening.Rejected.class);
    }

    @Test
    void e8OneTokenCannotBeToldInTwoWays() {
        for (int length = 0; length < 3; length++) {
            String text = insert(vault(1), record("x".repeat(length))).value();
            long ways = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/"
                    .chars()
                    .mapToObj(last -> text.substring(0, text.length() - 1) + (char) last)
                    .filter(way -> open(vault(1), new SessionToken(way)) instanceof Opening.Opened)
                    .count();
            assertThat(ways).isEqualTo(1);
        }
    }

    @Test
    void e9WhatIsNotAuthenticIsNeverInflated() {
        var compressing = vault(SETTINGS.withCompressed(true), 1);
        byte[] token = bytes(insert(compressing, record("a".repeat(60_000))));
        token[token.length - 1] ^= 1;

        assertThat(open(compressing, token(token))).isEqualTo(new Opening.Rejected(Reason.FORGED));
    }

    @Test
    void e9WhatIsAuthenticButOfNoKnownFormIsUnreadableAndNoError() {
        TokenFormat tokens = new TokenFormat(keys(1), SETTINGS, RANDOM);

        assertThat(open(
                        vault(1),
                        new SessionToken(tokens.seal(TokenFormat.content(1).octet(0x80)))))
                .isEqualTo(new Opening.Rejected(Reason.UNREADABLE));
    }

    @Test
    void e10NothingIsCompressedUnlessAskedFor() {
        int repetitive = insert(vault(1), record("a".repeat(1000))).value().length();
        int random = insert(vault(1), Samples.record(null, randomBytes(1000), NOW))
                .value()
                .length();

        assertThat(repetitive).isEqualTo(random);
        assertThat(insert(vault(SETTINGS.withCompressed(true), 1), record("a".repeat(1000)))
                        .value())
                .hasSizeLessThan(200);
    }

    @Test
    void e10InflationIsCappedAt64KiB() {
        assertThat(Deflation.inflate(Deflation.deflate(new byte[64 * 1024]))).hasSize(64 * 1024);
        assertThatThrownBy(() -> Deflation.inflate(Deflation.deflate(new byte[64 * 1024 + 1])))
                .isInstanceOf(SessionException.Unreadable.class);
    }

    @Test
    void e10WhatCouldNotBeInflatedAgainIsNotDeflated() {
        SessionRecord record = Samples.record(null, new byte[64 * 1024 + 1], NOW);

        byte[] content =
                RecordFormat.encode(record, SETTINGS.withCompressed(true)).toBytes();

        assertThat(content).hasSizeGreaterThan(64 * 1024);
    }

    /** Base64 has no text of 4081 characters, so 4095 bytes need a name of another length. */
    @ParameterizedTest(name = "name and value of {0} bytes")
    @CsvSource({"4095, __Host-session2", "4096, __Host-session"})
    void e11NameAndValueOfUpTo4096BytesAreSealed(int bytes, String name) {
        var vault = vault(SETTINGS.withCookieName(name), 1);
        SessionToken token = insert(vault, recordSealedInto(bytes - name.length()));

        assertThat(token.value().length() + name.length()).isEqualTo(bytes);
        assertThat(open(vault, token)).isInstanceOf(Opening.Opened.class);
    }

    @Test
    void e11NameAndValueOf4097BytesAreAnErrorWithSizeBoundAndSetting() {
        SessionRecord record = recordSealedInto(4082);
        SessionRecord larger = new SessionRecord(
                record.id(),
                record.proof(),
                1,
                record.createdAt(),
                record.lastAccessedAt(),
                record.idleTimeout(),
                record.expiresAt(),
                null,
                new byte[record.payload().length + 1]);

        assertThatThrownBy(() -> insert(vault(1), larger))
                .isInstanceOf(SessionException.TooLarge.class)
                .hasMessageContaining("4083")
                .hasMessageContaining("4082")
                .hasMessageContaining("__Host-session")
                .hasMessageContaining("reactive-session.sealed.chunks");
    }

    @ParameterizedTest(name = "cookie {0}")
    @ValueSource(strings = {"__Host-session", "s", "a-name-of-some-length"})
    void e11MoreCookiesAreAdvisedOnlyWhereTheyWouldHoldTheSession(String name) {
        var vault = vault(SETTINGS.withCookieName(name), 1);
        int most = CookieSettings.defaults().withName(name).withChunks(2).longestToken();

        assertThatThrownBy(() -> insert(vault, recordSealedInto(most)))
                .isInstanceOf(SessionException.TooLarge.class)
                .hasMessageEndingWith("; reactive-session.sealed.chunks=2 makes room for " + most + ", in two cookies");
        assertThatThrownBy(() -> insert(vault, recordSealedInto(most + 2)))
                .isInstanceOf(SessionException.TooLarge.class)
                .hasMessageEndingWith("; no number of cookies has room for more than " + most
                        + ": keep less in the session, or choose a store on a server with reactive-session.store");
    }

    @Test
    void e13ReadingAloneSealsNothing() {
        CountedRandom random = new CountedRandom();
        var vault = new SealedSessionVault(keys(1), SETTINGS, LIMITS, random);
        SessionToken token = insert(vault, record());
        int sealed = random.calls;

        Opening.Opened found = (Opening.Opened) open(vault, token);

        assertThat(found.renewalDue()).isFalse();
        assertThat(random.calls).isEqualTo(sealed);
    }

    @Test
    void e14KeysShowInNoText() {
        SealingKey key = SealingKey.parse(Samples.key(1));
        byte[] material = Base64.getDecoder().decode(Samples.key(1));
        SealingKeyRing ring = new SealingKeyRing(List.of(key));

        assertThat(List.of(key.toString(), ring.toString(), key.id(), keys(1).toString(), vault(1).toString()))
                .noneMatch(text -> text.contains(Samples.key(1)))
                .noneMatch(text -> text.contains(HexFormat.of().formatHex(material)))
                .noneMatch(text -> text.contains(Arrays.toString(material)));
    }

    @Test
    void e15TheFirstByteIsTheFormatVersion() {
        byte[] token = bytes(insert(vault(1), record()));

        assertThat(token[0]).isEqualTo((byte) 1);
        for (int version = 0; version < 256; version++) {
            if (version != 1) {
                token[0] = (byte) version;
                assertThat(open(vault(1), token(token))).isEqualTo(new Opening.Rejected(Reason.MALFORMED));
            }
        }
    }

    private static SessionRecord recordSealedInto(int characters) {
        int overhead = RecordFormat.encode(record(), SETTINGS).length() - record().payload().length;
        int room = TokenFormat.roomIn(characters);
        // the length of a payload of more than 127 bytes takes one byte more
        return Samples.record(null, new byte[room - overhead - 1], NOW);
    }

    private static void writeKeyId(byte[] token, int key) {
        SealingKey.parse(Samples.key(key)).writeId(token, KEY_ID_AT);
    }

    private static byte[] bytes(SessionToken token) {
        return Base64.getUrlDecoder().decode(token.value());
    }

    private static SessionToken token(byte[] bytes) {
        return new SessionToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** Every sealing asks for a nonce. */
    private static final class CountedRandom extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private int calls;

        @Override
        public void nextBytes(byte[] bytes) {
            calls++;
            super.nextBytes(bytes);
        }
    }
}
