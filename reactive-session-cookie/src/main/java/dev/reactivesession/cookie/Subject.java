package dev.reactivesession.cookie;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Under which key revoked tokens are kept: one key for each user, and one for each anonymous session. So one lookup
 * tells all about a token.
 *
 * @param key derived by a hash
 * @param ofUser whether it is a user's
 */
record Subject(SessionId key, boolean ofUser) {

    private static final byte SESSION = 0;

    private static final byte USER = 1;

    private static final byte STORE = 2;

    /** The key of the record about the store itself. */
    static final SessionId OF_STORE = hash(STORE, new byte[0]);

    static Subject of(SessionRecord record) {
        return record.principal() == null ? ofSession(record.id()) : ofUser(record.principal());
    }

    static Subject ofSession(SessionId session) {
        return new Subject(hash(SESSION, session.toBytes()), false);
    }

    static Subject ofUser(String principal) {
        // not in UTF-8, in which two different names can be one
        ByteBuffer name = ByteBuffer.allocate(Character.BYTES * principal.length());
        name.asCharBuffer().put(principal);
        return new Subject(hash(USER, name.array()), true);
    }

    private static SessionId hash(byte kind, byte[] name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("dev.reactivesession.cookie/revocation".getBytes(StandardCharsets.US_ASCII));
            digest.update(kind);
            return SessionId.of(Arrays.copyOf(digest.digest(name), SessionId.BYTES));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }
}
