package dev.reactivesession.cookie;

import dev.reactivesession.SessionException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HexFormat;

/**
 * A secret that seals sessions into tokens and opens them again. Its id is derived from it by a one-way function, is part of every token sealed
 * under it, and is safe to log; the secret itself shows nowhere. Immutable, for any number of concurrent callers.
 */
public final class SealingKey {

    /** The command that makes a key. */
    public static final String COMMAND = "openssl rand -base64 32";

    static final int ID_BYTES = 16;

    private static final int LEAST_BYTES = 32;

    private static final int LEAST_DISTINCT_BYTES = 16;

    private static final byte[] SALT = "dev.reactivesession.cookie/v1".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] ID_INFO = "key id".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] SEALING_INFO = "XAES-256-GCM".getBytes(StandardCharsets.US_ASCII);

    private final byte[] id;

    private final XAesGcm cipher;

    private SealingKey(byte[] material) {
        byte[] pseudoRandomKey = Hkdf.extract(SALT, material);
        this.id = Hkdf.expand(pseudoRandomKey, ID_INFO, ID_BYTES);
        this.cipher = new XAesGcm(Hkdf.expand(pseudoRandomKey, SEALING_INFO, XAesGcm.KEY_BYTES));
    }

    /**
     * Takes the bytes of a key, from a vault for example.
     *
     * @param material at least 32 random bytes; not kept, so the caller may clear them
     * @return the key
     * @throws SessionException.Misconfigured when they are too few, or are not random but text
     */
    public static SealingKey of(byte[] material) {
        if (material.length < LEAST_BYTES) {
            throw refused("has " + material.length + " bytes, but needs at least " + LEAST_BYTES + " random ones");
        }
        if (isText(material) || distinct(material) < LEAST_DISTINCT_BYTES) {
            throw refused("is not made of random bytes: a password or a pattern can be guessed");
        }
        return new SealingKey(material);
    }

    /**
     * Reads a key from its text form.
     *
     * @param base64 the bytes in Base64, with either alphabet
     * @return the key
     * @throws SessionException.Misconfigured when it is no Base64, too short, or not random
     */
    public static SealingKey parse(String base64) {
        byte[] material = decoded(base64.strip());
        try {
            return of(material);
        } finally {
            Arrays.fill(material, (byte) 0);
        }
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64.replace('-', '+').replace('_', '/'));
        } catch (
                @SuppressWarnings("UnusedException")
                IllegalArgumentException quotesTheKey) {
            throw refused("is not Base64");
        }
    }

    private static boolean isText(byte[] material) {
        for (byte octet : material) {
            if (octet < ' ' && octet != '\n' && octet != '\r' && octet != '\t') {
                return false;
            }
        }
        return true;
    }

    private static int distinct(byte[] material) {
        BitSet seen = new BitSet();
        for (byte octet : material) {
            seen.set(octet & 0xff);
        }
        return seen.cardinality();
    }

    private static SessionException.Misconfigured refused(String why) {
        return new SessionException.Misconfigured(
                "a key of reactive-session.sealed.keys " + why + "; make one with: " + COMMAND, null);
    }

    /**
     * The name of this key.
     *
     * @return 32 hexadecimal digits, which say nothing about the secret
     */
    public String id() {
        return HexFormat.of().formatHex(id);
    }

    void writeId(byte[] target, int at) {
        System.arraycopy(id, 0, target, at, ID_BYTES);
    }

    boolean isNamedAt(byte[] source, int at) {
        return Arrays.equals(id, 0, ID_BYTES, source, at, at + ID_BYTES);
    }

    XAesGcm cipher() {
        return cipher;
    }

    /** Shows the id, never the secret. */
    @Override
    public String toString() {
        return "SealingKey[" + id() + "]";
    }
}
