package dev.reactivesession.cookie;

import static dev.reactivesession.cookie.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionEvent.Refused.Reason;
import dev.reactivesession.SessionToken;
import dev.reactivesession.store.Opening;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Tokens that were not sealed for this cookie: changed, cut, pasted together, of another cookie, under another key, or
 * made up. None opens, none throws.
 */
class HostileTokensTest {

    private static final int SEALED = 64;

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final SealedSessionVault vault = Samples.vault(1, 2);

    private final List<byte[]> genuine = sealedBy(vault);

    private final List<byte[]> forAnotherCookie =
            sealedBy(Samples.vault(Samples.SETTINGS.withCookieName("__Host-other"), 1));

    private final List<byte[]> underAnotherKey = sealedBy(Samples.vault(3));

    private final List<byte[]> underAClaimedKey = claiming(genuine, underAnotherKey);

    private final Map<Kind, Map<Reason, Integer>> refused = new EnumMap<>(Kind.class);

    @Test
    void noneOfThreeHundredThousandHostileTokensOpens(TestReporter reporter) {
        present(300_000, 1, reporter);
    }

    @Test
    @Tag("large")
    void noneOfTenMillionHostileTokensOpens(TestReporter reporter) {
        present(Integer.getInteger("tokens", 10_000_000), 2, reporter);
    }

    private void present(int count, long seed, TestReporter reporter) {
        Random random = new Random(seed);
        for (int index = 0; index < count; index++) {
            Kind kind = Kind.values()[index % Kind.values().length];
            Opening opening =
                    vault.open(new SessionToken(hostile(kind, random)), NOW).block();
            assertThat(opening).isInstanceOf(Opening.Rejected.class);
            refused.computeIfAbsent(kind, any -> new EnumMap<>(Reason.class))
                    .merge(((Opening.Rejected) opening).reason(), 1, Integer::sum);
        }
        refused.forEach((kind, reasons) -> reporter.publishEntry("none opened of " + kind, reasons.toString()));
        assertThat(refused).containsOnlyKeys(Kind.values());
        assertThat(refused.values())
                .flatExtracting(Map::keySet)
                .containsOnly(Reason.MALFORMED, Reason.UNKNOWN_KEY, Reason.FORGED);
    }

    private enum Kind {
        FLIPPED_BITS,
        A_CHANGED_CHARACTER,
        CUT_BYTES,
        A_CUT_TEXT,
        SPLICED_OF_TWO,
        OF_ANOTHER_COOKIE,
        UNDER_ANOTHER_KEY,
        UNDER_A_CLAIMED_KEY,
        EXTENDED,
        MADE_UP
    }

    private String hostile(Kind kind, Random random) {
        return switch (kind) {
            case FLIPPED_BITS -> text(flipped(any(genuine, random), random));
            case A_CHANGED_CHARACTER -> flippedText(text(any(genuine, random)), random);
            case CUT_BYTES -> text(cut(any(genuine, random), random));
            case A_CUT_TEXT -> truncated(text(any(genuine, random)), random);
            case SPLICED_OF_TWO -> text(spliced(random));
            case OF_ANOTHER_COOKIE -> text(any(forAnotherCookie, random));
            case UNDER_ANOTHER_KEY -> text(any(underAnotherKey, random));
            case UNDER_A_CLAIMED_KEY -> text(any(underAClaimedKey, random));
            case EXTENDED -> text(extended(any(genuine, random), random));
            case MADE_UP -> madeUp(random);
        };
    }

    private static byte[] flipped(byte[] token, Random random) {
        for (int flips = 1 + random.nextInt(3), flip = 0; flip < flips; flip++) {
            // never the same bit twice: three flips at three different bits
            int bit = (flip * 8 * (token.length / 3)) + random.nextInt(8 * (token.length / 3));
            token[bit / 8] ^= (byte) (1 << bit % 8);
        }
        return token;
    }

    private static String flippedText(String token, Random random) {
        int at = random.nextInt(token.length());
        char other = token.charAt(at);
        while (other == token.charAt(at)) {
            other = random.nextBoolean() ? ALPHABET.charAt(random.nextInt(64)) : (char) random.nextInt(0x200);
        }
        return token.substring(0, at) + other + token.substring(at + 1);
    }

    private static byte[] cut(byte[] token, Random random) {
        int from = random.nextInt(4) == 0 ? 1 + random.nextInt(token.length) : 0;
        int end = from == 0 ? random.nextInt(token.length) : token.length;
        return Arrays.copyOfRange(token, from, end);
    }

    private static String truncated(String token, Random random) {
        return token.substring(0, random.nextInt(token.length()));
    }

    private byte[] spliced(Random random) {
        int one = random.nextInt(SEALED);
        int other = (one + 1 + random.nextInt(SEALED - 1)) % SEALED;
        byte[] token = genuine.get(one).clone();
        // beyond version and key id, which they share, and never the whole rest
        int at = 17 + random.nextInt(token.length - 17);
        int length = at == 17 ? random.nextInt(1, token.length - 17) : random.nextInt(1, token.length - at + 1);
        System.arraycopy(genuine.get(other), at, token, at, length);
        // two nonces or ciphertexts may agree in a byte, which leaves one of the two as it was
        return isEither(token, genuine.get(one), genuine.get(other)) ? flipped(token, random) : token;
    }

    private static boolean isEither(byte[] token, byte[] one, byte[] other) {
        return Arrays.equals(token, one) || Arrays.equals(token, other);
    }

    private static byte[] extended(byte[] token, Random random) {
        byte[] longer = Arrays.copyOf(token, token.length + 1 + random.nextInt(64));
        if (random.nextBoolean()) {
            byte[] rest = new byte[longer.length - token.length];
            random.nextBytes(rest);
            System.arraycopy(rest, 0, longer, token.length, rest.length);
        }
        return longer;
    }

    private static String madeUp(Random random) {
        boolean tooLong = random.nextInt(100) == 0;
        int length = tooLong ? random.nextInt(100_000) : random.nextInt(200);
        boolean inAlphabet = random.nextBoolean();
        StringBuilder text = new StringBuilder(length);
        for (int index = 0; index < length; index++) {
            text.append(inAlphabet ? ALPHABET.charAt(random.nextInt(64)) : (char) random.nextInt(0x10000));
        }
        return text.toString();
    }

    private static byte[] any(List<byte[]> tokens, Random random) {
        return tokens.get(random.nextInt(tokens.size())).clone();
    }

    private static String text(byte[] token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    private static List<byte[]> sealedBy(SealedSessionVault vault) {
        List<byte[]> tokens = new ArrayList<>();
        for (int index = 0; index < SEALED; index++) {
            String value =
                    Samples.insert(vault, Samples.record("{\"a\":\"same\"}")).value();
            tokens.add(Base64.getUrlDecoder().decode(value));
        }
        return tokens;
    }

    /** Sealed under one key, with the id of another. */
    private static List<byte[]> claiming(List<byte[]> claimed, List<byte[]> sealed) {
        List<byte[]> tokens = new ArrayList<>();
        for (int index = 0; index < SEALED; index++) {
            byte[] token = sealed.get(index).clone();
            System.arraycopy(claimed.get(index), 0, token, 0, 17);
            tokens.add(token);
        }
        return tokens;
    }
}
