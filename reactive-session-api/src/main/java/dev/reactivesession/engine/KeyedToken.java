package dev.reactivesession.engine;

import dev.reactivesession.SessionId;
import dev.reactivesession.SessionToken;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The token of a stored session: 16 bytes of id, which are the key, and 32 bytes of secret, which prove it; 64
 * characters of base64url. The store keeps the SHA-256 of the secret.
 */
final class KeyedToken {

    static final int SECRET_BYTES = 32;

    static final int HASH_BYTES = 32;

    private static final int BYTES = SessionId.BYTES + SECRET_BYTES;

    private static final int CHARACTERS = 64;

    /** One for each thread, because to make one costs more than to use it. */
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(KeyedToken::sha256);

    private static final boolean[] ALPHABET = alphabet();

    private final byte[] bytes;

    private KeyedToken(byte[] bytes) {
        this.bytes = bytes;
    }

    static KeyedToken issue(SessionId id, SecureRandom random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        byte[] bytes = Arrays.copyOf(id.toBytes(), BYTES);
        System.arraycopy(secret, 0, bytes, SessionId.BYTES, SECRET_BYTES);
        return new KeyedToken(bytes);
    }

    /** Null when it is not a token: cheap, without an exception, because anybody can send anything. */
    static @Nullable KeyedToken parse(SessionToken token) {
        String text = token.value();
        if (text.length() != CHARACTERS || !isBase64Url(text)) {
            return null;
        }
        return new KeyedToken(Base64.getUrlDecoder().decode(text));
    }

    SessionId id() {
        return new SessionId(BigEndian.get(bytes, 0), BigEndian.get(bytes, Long.BYTES));
    }

    byte[] secretHash() {
        MessageDigest digest = SHA_256.get();
        digest.update(bytes, SessionId.BYTES, SECRET_BYTES);
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    SessionToken toToken() {
        return new SessionToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    @Override
    public String toString() {
        return "KeyedToken[" + id() + ", redacted]";
    }

    private static boolean isBase64Url(String text) {
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character >= ALPHABET.length || !ALPHABET[character]) {
                return false;
            }
        }
        return true;
    }

    private static boolean[] alphabet() {
        boolean[] allowed = new boolean[128];
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
                .chars()
                .forEach(character -> allowed[character] = true);
        return allowed;
    }
}
