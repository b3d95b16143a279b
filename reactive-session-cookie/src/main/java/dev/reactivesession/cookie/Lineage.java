package dev.reactivesession.cookie;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a token stands among those of its session and its user, so that it can be told from older ones. Kept in the proof of a record.
 *
 * @param generation raised by every rotation
 * @param issued when the first token of this generation was sealed
 * @param since the number that the user's sessions had to have at least when this one became one of them
 * @param subject under which the token's revocation is looked up; null where none is
 */
record Lineage(
        long generation,
        Instant issued,
        long since,
        @Nullable SessionId subject) {

    private static final int NUMBERS = 3 * Long.BYTES;

    static Lineage of(SessionRecord record) {
        if (record.proof().length < NUMBERS) {
            return new Lineage(0, record.lastAccessedAt(), 0, null);
        }
        ByteBuffer buffer = ByteBuffer.wrap(record.proof());
        return new Lineage(
                buffer.getLong(),
                Instant.ofEpochMilli(buffer.getLong()),
                buffer.getLong(),
                buffer.hasRemaining() ? new SessionId(buffer.getLong(), buffer.getLong()) : null);
    }

    Lineage under(SessionId other) {
        return new Lineage(generation, issued, since, other);
    }

    Lineage reissued(Instant at) {
        return new Lineage(generation, at, since, subject);
    }

    SessionRecord applyTo(SessionRecord record) {
        return record.withProof(toProof());
    }

    byte[] toProof() {
        ByteBuffer buffer = ByteBuffer.allocate(NUMBERS + (subject == null ? 0 : SessionId.BYTES))
                .putLong(generation)
                .putLong(issued.toEpochMilli())
                .putLong(since);
        if (subject != null) {
            buffer.put(subject.toBytes());
        }
        return buffer.array();
    }
}
