package dev.reactivesession.cookie;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with SHA-256, RFC 5869. */
final class Hkdf {

    private static final String HMAC = "HmacSHA256";

    private static final int HASH_BYTES = 32;

    private Hkdf() {}

    static byte[] extract(byte[] salt, byte[] material) {
        return hmac(salt.length == 0 ? new byte[HASH_BYTES] : salt).doFinal(material);
    }

    static byte[] expand(byte[] pseudoRandomKey, byte[] info, int length) {
        Mac hmac = hmac(pseudoRandomKey);
        byte[] output = new byte[length];
        byte[] block = {};
        for (int done = 0, counter = 1; done < length; done += HASH_BYTES, counter++) {
            hmac.update(block);
            hmac.update(info);
            block = hmac.doFinal(new byte[] {(byte) counter});
            System.arraycopy(block, 0, output, done, Math.min(HASH_BYTES, length - done));
        }
        Arrays.fill(block, (byte) 0);
        return output;
    }

    private static Mac hmac(byte[] key) {
        try {
            Mac hmac = Mac.getInstance(HMAC);
            hmac.init(new SecretKeySpec(key, HMAC));
            return hmac;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has " + HMAC, missing);
        }
    }
}
