package dev.reactivesession.cookie;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a token stands among those of its session and its user, so that it can be told from older ones. Kept in the
 * proof of a record.
 *
 * @param generation raised by every rotation
 * @param issued when the first token of this generation was sealed
 * @param since the number that the user's sessions had to have at least when this one became one of them
 * @param epoch the store of revocations that remembers the ends of this generation; 0 where none does
 * @param admission how the token was let in; null when it was not asked for. Not part of a token
 */
record Lineage(
        long generation,
        Instant issued,
        long since,
        long epoch,
        @Nullable Admission admission) {

    private static final int NUMBERS = 4 * Long.BYTES;

    private static final int ADMISSION = Byte.BYTES + SessionId.BYTES + Long.BYTES;

    private static final byte USER = 1;

    static Lineage of(SessionRecord record) {
        if (record.proof().length < NUMBERS) {
            return new Lineage(0, record.lastAccessedAt(), 0, 0, null);
        }
        ByteBuffer buffer = ByteBuffer.wrap(record.proof());
        return new Lineage(
                buffer.getLong(),
                Instant.ofEpochMilli(buffer.getLong()),
                buffer.getLong(),
                buffer.getLong(),
                buffer.hasRemaining() ? readAdmission(buffer) : null);
    }

    private static Admission readAdmission(ByteBuffer buffer) {
        boolean ofUser = buffer.get() == USER;
        SessionId key = new SessionId(buffer.getLong(), buffer.getLong());
        return new Admission(new Subject(key, ofUser), Instant.ofEpochMilli(buffer.getLong()));
    }

    Lineage admitted(Subject subject, Instant at) {
        return new Lineage(generation, issued, since, epoch, new Admission(subject, at));
    }

    Lineage reissued(Instant at) {
        return new Lineage(generation, at, since, epoch, admission);
    }

    SessionRecord applyTo(SessionRecord record) {
        return record.withProof(toProof());
    }

    byte[] toProof() {
        ByteBuffer buffer = ByteBuffer.allocate(NUMBERS + (admission == null ? 0 : ADMISSION))
                .putLong(generation)
                .putLong(issued.toEpochMilli())
                .putLong(since)
                .putLong(epoch);
        if (admission != null) {
            buffer.put(admission.subject().ofUser() ? USER : 0)
                    .put(admission.subject().key().toBytes())
                    .putLong(admission.at().toEpochMilli());
        }
        return buffer.array();
    }

    /**
     * How a token was let in.
     *
     * @param subject under which its revocation was looked up
     * @param at when
     */
    record Admission(Subject subject, Instant at) {}
}
