package dev.reactivesession.cookie;

import dev.reactivesession.SessionId;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where a token stands among those of its session and its user, so that it can be told from older ones. Kept in the proof of a record.
 *
 * @param generation raised by every rotation
 * @param since the number that the user's sessions had to have at least when this one became one of them
 * @param subject under which the token's revocation is looked up; null where none is
 */
record Lineage(long generation, long since, @Nullable SessionId subject) {

    static final Lineage FIRST = new Lineage(0, 0, null);

    /** Takes as many bytes as any. */
    static final Lineage WIDEST = new Lineage(Long.MAX_VALUE, Long.MAX_VALUE, null);

    private static final int NUMBERS = 2 * Long.BYTES;

    static Lineage of(byte[] proof) {
        if (proof.length < NUMBERS) {
            return FIRST;
        }
        ByteBuffer buffer = ByteBuffer.wrap(proof);
        return new Lineage(
                buffer.getLong(),
                buffer.getLong(),
                buffer.hasRemaining() ? new SessionId(buffer.getLong(), buffer.getLong()) : null);
    }

    Lineage under(SessionId other) {
        return new Lineage(generation, since, other);
    }

    byte[] toProof() {
        ByteBuffer buffer = ByteBuffer.allocate(NUMBERS + (subject == null ? 0 : SessionId.BYTES))
                .putLong(generation)
                .putLong(since);
        if (subject != null) {
            buffer.put(subject.toBytes());
        }
        return buffer.array();
    }
}
