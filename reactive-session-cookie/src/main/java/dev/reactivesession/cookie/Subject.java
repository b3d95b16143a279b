package dev.reactivesession.cookie;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Under which key the denials of a token are kept: one for each user, one for each session of nobody. So one lookup tells all about a token. */
final class Subject {

    private static final byte SESSION = 0;

    private static final byte USER = 1;

    private Subject() {}

    static SessionId of(SessionRecord record) {
        return record.principal() == null ? ofSession(record.id()) : ofUser(record.principal());
    }

    static SessionId ofSession(SessionId session) {
        return hash(SESSION, session.toBytes());
    }

    static SessionId ofUser(String principal) {
        return hash(USER, principal.getBytes(StandardCharsets.UTF_8));
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
