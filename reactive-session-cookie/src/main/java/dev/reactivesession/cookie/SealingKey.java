package dev.reactivesession.cookie;

import dev.reactivesession.SessionException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A secret that seals sessions into tokens and opens them again. Its id is derived from it by a one-way function, is
 * part of every token sealed under it, and is safe to log; the secret itself shows nowhere. Immutable, for any number
 * of concurrent callers.
 */
public final class SealingKey {

    /** The command that makes a key. */
    public static final String COMMAND = "openssl rand -base64 32";

    static final int ID_BYTES = 16;

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
     * Takes the bytes of a key, from a key management service for example.
     *
     * @param material exactly 32 random bytes; not kept, so the caller may clear them
     * @return the key
     * @throws SessionException.Misconfigured when they are more or fewer, text, or a pattern
     */
    public static SealingKey of(byte[] material) {
        KeyMaterial.requireRandom(material);
        return new SealingKey(material);
    }

    /**
     * Reads a key from its only text form, the output of {@link #COMMAND}.
     *
     * @param base64 32 random bytes in Base64, with padding
     * @return the key
     * @throws SessionException.Misconfigured when it is anything else
     */
    public static SealingKey parse(String base64) {
        byte[] material = KeyMaterial.decode(base64.strip());
        try {
            return of(material);
        } finally {
            Arrays.fill(material, (byte) 0);
        }
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
