package dev.reactivesession.store.moving;

import dev.reactivesession.store.SessionRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Records that are no sessions: their versions are above every version that a session reaches, so that no save is based
 * on one of them by mistake, and their payload begins with a word that says what they are.
 */
enum Marks {

    /** In the next store: a session as it was read in the former one, which still has the last word. */
    STAGED,

    /** In the former store: the session has left; the staged record is it. */
    LEFT,

    /** In the former store: the session has ended. */
    ENDED;

    private static final long ABOVE = 1L << 62;

    private byte[] word() {
        return ("reactive-session:" + name() + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether there is a version left for the mark, and a save of it would be taken. */
    static boolean canMark(SessionRecord session) {
        return session.version() < ABOVE && !session.isExpiredAt(session.lastAccessedAt());
    }

    static boolean isSession(SessionRecord record) {
        return !STAGED.marks(record) && !LEFT.marks(record) && !ENDED.marks(record);
    }

    boolean marks(SessionRecord record) {
        return record.version() >= ABOVE && beginsWith(word(), record.payload());
    }

    private static boolean beginsWith(byte[] word, byte[] payload) {
        return payload.length >= word.length && Arrays.equals(payload, 0, word.length, word, 0, word.length);
    }

    /** A user's sessions are listed where they are: a staged record belongs to nobody yet. */
    static SessionRecord staged(SessionRecord session) {
        byte[] word = STAGED.word();
        byte[] payload = Arrays.copyOf(word, word.length + session.payload().length);
        System.arraycopy(session.payload(), 0, payload, word.length, session.payload().length);
        return with(session, session.version() + ABOVE, null, payload);
    }

    /** Keeps the user, so that the session is not missed between its two stores. */
    static SessionRecord left(SessionRecord session) {
        return with(session, session.version() + ABOVE, session.principal(), LEFT.word());
    }

    static SessionRecord ended(SessionRecord session) {
        return with(session, session.version() + ABOVE, null, ENDED.word());
    }

    /** The session of a staged record, with the times and the user of the record that it left behind. */
    static SessionRecord arrived(SessionRecord staged, SessionRecord left) {
        byte[] payload = Arrays.copyOfRange(staged.payload(), STAGED.word().length, staged.payload().length);
        SessionRecord session = with(staged, staged.version() - ABOVE, left.principal(), payload);
        return session.touched(left.lastAccessedAt(), left.expiresAt());
    }

    private static SessionRecord with(SessionRecord of, long version, @Nullable String principal, byte[] payload) {
        return new SessionRecord(
                of.id(),
                of.proof(),
                version,
                of.createdAt(),
                of.lastAccessedAt(),
                of.idleTimeout(),
                of.expiresAt(),
                principal,
                payload);
    }
}
