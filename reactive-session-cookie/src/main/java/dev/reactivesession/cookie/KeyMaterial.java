package dev.reactivesession.cookie;

import dev.reactivesession.SessionException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.BitSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Tells random bytes from text and patterns. The bounds refuse fewer than one random key in a million, and every
 * refusal shows the command that makes another.
 */
final class KeyMaterial {

    static final int BYTES = 32;

    private static final int LEAST_DISTINCT_BYTES = 20;

    private static final int MOST_PRINTABLE_BYTES = 27;

    /** Without the padding. */
    private static final int CHARACTERS = 43;

    private static final int MOST_LETTERS_OF_ONE_KIND = 32;

    private static final int LEAST_OTHERS = 2;

    private static final int MOST_DIGITS = 21;

    private static final int LONGEST_SEQUENCE = 7;

    private KeyMaterial() {}

    /** The bytes of a key in its one written form; the text never shows in an error. */
    static byte[] decode(String base64) {
        byte[] material = decoded(base64);
        if (!Base64.getEncoder().encodeToString(material).equals(base64)) {
            throw refused("is not in the form that the command writes");
        }
        if (looksTyped(base64)) {
            throw refused("is not made of random bytes: its Base64 looks like words");
        }
        return material;
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (
                @SuppressWarnings("UnusedException")
                IllegalArgumentException quotesTheKey) {
            throw refused("is not Base64");
        }
    }

    /** A password may happen to be Base64: nearly all of it letters of one kind, or digits, or a sequence. */
    private static boolean looksTyped(String base64) {
        long lower = base64.chars().filter(Character::isLowerCase).count();
        long upper = base64.chars().filter(Character::isUpperCase).count();
        long others = CHARACTERS - lower - upper;
        return (Math.max(lower, upper) > MOST_LETTERS_OF_ONE_KIND && others < LEAST_OTHERS)
                || base64.chars().filter(Character::isDigit).count() > MOST_DIGITS
                || longestSequence(base64.chars().toArray()) > LONGEST_SEQUENCE;
    }

    static void requireRandom(byte[] material) {
        if (material.length != BYTES) {
            throw refused("has " + material.length + " bytes, but needs exactly " + BYTES + " random ones");
        }
        if (isText(material)) {
            throw refused("is not made of random bytes: it is text, and a password can be guessed");
        }
        if (distinct(material) < LEAST_DISTINCT_BYTES || hasEqualSteps(material)) {
            throw refused("is not made of random bytes: a pattern can be guessed");
        }
    }

    /** In UTF-8, or in Latin-1, or in another one-byte charset where all but a few letters are ASCII. */
    private static boolean isText(byte[] material) {
        long ascii = count(material, octet -> octet >= ' ' && octet < 0x7f);
        long accented = count(material, octet -> octet >= 0xc0);
        return ascii > MOST_PRINTABLE_BYTES || ascii + accented == BYTES || isUtf8(material);
    }

    private static long count(byte[] material, IntPredicate which) {
        return IntStream.range(0, BYTES)
                .map(index -> material[index] & 0xff)
                .filter(which)
                .count();
    }

    private static boolean isUtf8(byte[] material) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(material))
                    .chars()
                    .noneMatch(character -> Character.isISOControl(character) && !Character.isWhitespace(character));
        } catch (
                @SuppressWarnings("UnusedException")
                CharacterCodingException random) {
            return false;
        }
    }

    private static int distinct(byte[] material) {
        BitSet seen = new BitSet();
        for (byte octet : material) {
            seen.set(octet & 0xff);
        }
        return seen.cardinality();
    }

    private static boolean hasEqualSteps(byte[] material) {
        int[] octets =
                IntStream.range(0, BYTES).map(index -> material[index] & 0xff).toArray();
        return longestSequence(octets) > LONGEST_SEQUENCE;
    }

    /** How many numbers in a row have the same distance. */
    private static int longestSequence(int[] numbers) {
        int longest = 1;
        int length = 1;
        for (int index = 1; index < numbers.length; index++) {
            boolean goesOn = index == 1 || step(numbers, index) == step(numbers, index - 1);
            length = goesOn ? length + 1 : 2;
            longest = Math.max(longest, length);
        }
        return longest;
    }

    private static int step(int[] numbers, int index) {
        return (numbers[index] - numbers[index - 1]) & 0xff;
    }

    private static SessionException.Misconfigured refused(String why) {
        return new SessionException.Misconfigured(
                "a key of reactive-session.sealed.keys " + why + "; make one with: " + SealingKey.COMMAND, null);
    }
}
