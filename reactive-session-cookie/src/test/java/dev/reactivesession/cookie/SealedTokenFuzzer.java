package dev.reactivesession.cookie;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionToken;
import dev.reactivesession.store.Opening;
import dev.reactivesession.store.SaveOutcome;
import dev.reactivesession.store.SessionRecord;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Driven by a coverage-guided fuzzer: any text as a token, any bytes as the content sealed by a holder of the key,
 * and any bytes as revoked tokens. Each gives an opening, and a session that opens seals and opens again as the same
 * record. docs/store-cookie.md has the command.
 */
public final class SealedTokenFuzzer {

    private static final SealingKeys KEYS = Samples.keys(1, 2);

    private static final SealedSessionSettings SETTINGS =
            SealedSessionSettings.defaults().withLongestToken(20_480);

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final TokenFormat TOKENS = new TokenFormat(KEYS, SETTINGS, RANDOM);

    private static final SealedSessionVault VAULT = new SealedSessionVault(KEYS, SETTINGS, Samples.LIMITS, RANDOM);

    private SealedTokenFuzzer() {}

    /**
     * One input.
     *
     * @param input the first byte chooses what the others are
     */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] rest = Arrays.copyOfRange(input, 1, input.length);
        switch (input[0] & 3) {
            case 0 -> requireRejected(new String(rest, StandardCharsets.ISO_8859_1));
            case 1 -> requireRejected(new String(rest, StandardCharsets.UTF_8));
            case 2 -> openAuthentic(rest);
            default -> decodeRevokedTokens(rest);
        }
    }

    private static void requireRejected(String text) {
        if (!(open(text) instanceof Opening.Rejected)) {
            throw new AssertionError("a token that was not sealed opens");
        }
    }

    private static void openAuthentic(byte[] content) {
        if (content.length > TokenFormat.roomIn(SETTINGS.longestToken())) {
            return;
        }
        if (open(TOKENS.seal(TokenFormat.content(content.length).bytes(content))) instanceof Opening.Opened opened) {
            sealAgain(opened.record());
        }
        decodeUnchecked(content);
    }

    /** Records that have expired do not open, so they are decoded beside that. */
    private static void decodeUnchecked(byte[] content) {
        try {
            SessionRecord record = RecordFormat.decode(content, 0, content.length);
            byte[] encoded = RecordFormat.encode(record, SETTINGS).toBytes();
            if (!RecordFormat.decode(encoded, 0, encoded.length).equals(record)) {
                throw new AssertionError("a record changes on its way");
            }
        } catch (SessionException.Unreadable expected) {
            // what came out is that nothing did
        }
    }

    private static void sealAgain(SessionRecord record) {
        SaveOutcome outcome =
                VAULT.touch(record, record.lastAccessedAt(), record.expiresAt()).block();
        String text = ((SaveOutcome.Saved) outcome).token().value();
        if (!(open(text) instanceof Opening.Opened opened) || !opened.record().equals(record)) {
            throw new AssertionError("a session does not open as it was sealed");
        }
    }

    private static void decodeRevokedTokens(byte[] payload) {
        try {
            RevokedTokens tokens = RevokedTokens.decode(payload);
            if (!RevokedTokens.decode(tokens.encode()).equals(tokens)) {
                throw new AssertionError("revoked tokens change on their way");
            }
        } catch (SessionException.Unreadable expected) {
            // what came out is that nothing did
        }
    }

    private static Opening open(String text) {
        Opening opening = VAULT.open(new SessionToken(text), Samples.NOW).block();
        if (opening == null) {
            throw new AssertionError("opening a token tells nothing");
        }
        return opening;
    }
}
