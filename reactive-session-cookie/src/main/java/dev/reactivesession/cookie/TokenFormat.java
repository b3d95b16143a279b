package dev.reactivesession.cookie;

import dev.reactivesession.SessionEvent.Refused.Reason;
import dev.reactivesession.SessionException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * The outside of a token, in Base64 with the alphabet for URLs and without padding: format version, key id, nonce,
 * ciphertext, tag. Authenticated with it: version and key id, the purpose, the name of the cookie, and the name of the
 * application if there is one.
 */
final class TokenFormat {

    private static final byte VERSION = 1;

    private static final int NONCE_AT = 1 + SealingKey.ID_BYTES;

    private static final int HEADER = NONCE_AT + XAesGcm.NONCE_BYTES;

    private static final byte[] PURPOSE = "session".getBytes(StandardCharsets.US_ASCII);

    /** Two cookies fill what servers take in one header; a third would only add its name. */
    private static final int MOST_IN_A_HEADER = 8000;

    private static final int AROUND_A_COOKIE = 16;

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final SealingKeys keys;

    private final SealedSessionSettings settings;

    private final SecureRandom random;

    private final byte[] context;

    TokenFormat(SealingKeys keys, SealedSessionSettings settings, SecureRandom random) {
        this.keys = keys;
        this.settings = settings;
        this.random = random;
        this.context = context(settings);
    }

    private static byte[] context(SealedSessionSettings settings) {
        byte[] name = settings.cookieName().getBytes(StandardCharsets.UTF_8);
        byte[] application = settings.application().getBytes(StandardCharsets.UTF_8);
        ByteWriter writer =
                new ByteWriter(3 * ByteWriter.LONGEST_NUMBER + PURPOSE.length + name.length + application.length);
        writer.sized(PURPOSE).sized(name);
        return (application.length == 0 ? writer : writer.sized(application)).toBytes();
    }

    /** How many bytes can be sealed into so many characters. */
    static int roomIn(int characters) {
        return characters * 3 / 4 - HEADER - XAesGcm.TAG_BYTES;
    }

    /** Takes up to so many bytes of content, with room for the rest of the token around them. */
    static ByteWriter content(int most) {
        return new ByteWriter(HEADER, most, XAesGcm.TAG_BYTES);
    }

    /** Seals the content where it was written: its buffer holds the token afterwards. */
    String seal(ByteWriter content) {
        int length = content.length();
        requireRoomFor(length);
        byte[] token = content.buffer();
        SealingKey key = keys.current().first();
        writeHeader(key, token);
        encrypt(key, token, length);
        ByteBuffer text = ENCODER.encode(ByteBuffer.wrap(token, 0, HEADER + length + XAesGcm.TAG_BYTES));
        return new String(text.array(), 0, text.limit(), StandardCharsets.ISO_8859_1);
    }

    void requireRoomFor(int length) {
        int characters = ((HEADER + length + XAesGcm.TAG_BYTES) * 4 + 2) / 3;
        if (characters > settings.longestToken()) {
            throw new SessionException.TooLarge(
                    "the sealed session takes " + characters + " characters, but cookie '" + settings.cookieName()
                            + "' has room for " + settings.longestToken() + advice(characters),
                    Map.of());
        }
    }

    private String advice(int characters) {
        int most = MOST_IN_A_HEADER - 2 * (settings.cookieName().length() + AROUND_A_COOKIE);
        return characters > most
                ? "; no number of cookies has room for more than " + most
                        + ": keep less in the session, or choose a store on a server with reactive-session.store"
                : "; reactive-session.sealed.chunks=2 makes room for " + most + ", in two cookies";
    }

    private void writeHeader(SealingKey key, byte[] token) {
        byte[] nonce = new byte[XAesGcm.NONCE_BYTES];
        random.nextBytes(nonce);
        token[0] = VERSION;
        key.writeId(token, 1);
        System.arraycopy(nonce, 0, token, NONCE_AT, nonce.length);
    }

    private void encrypt(SealingKey key, byte[] token, int length) {
        try {
            cipher(Cipher.ENCRYPT_MODE, key, token).doFinal(token, HEADER, length, token, HEADER);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Cipher cipher(int mode, SealingKey key, byte[] token) {
        Cipher cipher = key.cipher().forMessage(mode, token, NONCE_AT);
        cipher.updateAAD(token, 0, NONCE_AT);
        cipher.updateAAD(context);
        return cipher;
    }

    Unsealed open(String text) {
        byte[] token = text.length() > settings.longestToken() ? null : decoded(text);
        if (token == null || token.length < HEADER + XAesGcm.TAG_BYTES || token[0] != VERSION) {
            return new Unsealed.Refused(Reason.MALFORMED);
        }
        SealingKey key = keys.current().namedAt(token, 1);
        return key == null ? new Unsealed.Refused(Reason.UNKNOWN_KEY) : decrypted(key, token);
    }

    private Unsealed decrypted(SealingKey key, byte[] token) {
        try {
            int length = cipher(Cipher.DECRYPT_MODE, key, token)
                    .doFinal(token, HEADER, token.length - HEADER, token, HEADER);
            return new Unsealed.Authentic(token, HEADER, HEADER + length);
        } catch (
                @SuppressWarnings("UnusedException")
                AEADBadTagException notOurs) {
            return new Unsealed.Refused(Reason.FORGED);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Takes only the text that an encoder writes, so that a token has one form. */
    private static byte @Nullable [] decoded(String text) {
        // padding elsewhere than at the end is an error of the decoder
        if (text.endsWith("=") || !endsClean(text)) {
            return null;
        }
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (
                @SuppressWarnings("UnusedException")
                IllegalArgumentException quotesTheToken) {
            return null;
        }
    }

    private static boolean endsClean(String text) {
        int unused = text.length() % 4 == 2 ? 0b1111 : text.length() % 4 == 3 ? 0b11 : 0;
        return unused == 0 || (ALPHABET.indexOf(text.charAt(text.length() - 1)) & unused) == 0;
    }
}
