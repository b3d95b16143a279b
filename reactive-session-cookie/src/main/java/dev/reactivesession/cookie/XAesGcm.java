package dev.reactivesession.cookie;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * XAES-256-GCM as specified at c2sp.org/XAES-256-GCM: AES-256-GCM under a key of its own for each message, derived
 * from half of a random nonce of 192 bits.
 */
final class XAesGcm {

    static final int KEY_BYTES = 32;

    static final int NONCE_BYTES = 24;

    static final int TAG_BYTES = 16;

    private static final int HALF = NONCE_BYTES / 2;

    private static final int BLOCK = 16;

    private static final byte LABEL = 'X';

    private static final String AES = "AES";

    private static final ThreadLocal<Cipher> GCM = ThreadLocal.withInitial(() -> cipher("AES/GCM/NoPadding"));

    private final ThreadLocal<Cipher> blockCipher;

    private final byte[] maskedPrefixes;

    XAesGcm(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("the key has " + key.length + " bytes, but must have " + KEY_BYTES);
        }
        SecretKeySpec secret = new SecretKeySpec(key, AES);
        this.blockCipher = ThreadLocal.withInitial(() -> blockCipher(secret));
        this.maskedPrefixes = maskedPrefixes(doubled(encrypted(new byte[BLOCK])));
    }

    /**
     * The cipher for one message, ready for its additional data; to be used up by this thread before it asks again.
     *
     * @param mode {@link Cipher#ENCRYPT_MODE} or {@link Cipher#DECRYPT_MODE}
     * @param buffer holds the nonce
     * @param nonceAt where it begins
     */
    Cipher forMessage(int mode, byte[] buffer, int nonceAt) {
        try {
            Cipher gcm = GCM.get();
            gcm.init(
                    mode,
                    messageKey(buffer, nonceAt),
                    new GCMParameterSpec(TAG_BYTES * Byte.SIZE, buffer, nonceAt + HALF, HALF));
            return gcm;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private SecretKeySpec messageKey(byte[] buffer, int nonceAt) {
        byte[] blocks = maskedPrefixes.clone();
        for (int index = 0; index < HALF; index++) {
            blocks[BLOCK - HALF + index] ^= buffer[nonceAt + index];
            blocks[2 * BLOCK - HALF + index] ^= buffer[nonceAt + index];
        }
        return new SecretKeySpec(encrypted(blocks), AES);
    }

    private byte[] encrypted(byte[] blocks) {
        try {
            return blockCipher.get().doFinal(blocks);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Counter 1 and 2 of 16 bits, the label X and a zero, each in front of an absent nonce, and each masked by the
     * CMAC subkey.
     */
    private static byte[] maskedPrefixes(byte[] subkey) {
        byte[] blocks = Arrays.copyOf(subkey, 2 * BLOCK);
        System.arraycopy(subkey, 0, blocks, BLOCK, BLOCK);
        blocks[1] ^= 1;
        blocks[2] ^= LABEL;
        blocks[BLOCK + 1] ^= 2;
        blocks[BLOCK + 2] ^= LABEL;
        return blocks;
    }

    private static byte[] doubled(byte[] block) {
        byte[] result = new byte[BLOCK];
        int carry = block[0] < 0 ? 0b1000_0111 : 0;
        for (int index = BLOCK - 1; index >= 0; index--) {
            int shifted = (block[index] & 0xff) << 1;
            result[index] = (byte) (shifted ^ carry);
            carry = shifted >>> Byte.SIZE;
        }
        return result;
    }

    private static Cipher blockCipher(SecretKeySpec key) {
        try {
            Cipher cipher = cipher("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key);
            return cipher;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Cipher cipher(String transformation) {
        try {
            return Cipher.getInstance(transformation);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has " + transformation, missing);
        }
    }
}
