package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * The content of the cache under an id. In the cache, a copy is the record itself, with the time of its confirmation
 * and a format number behind the payload; a tombstone is a record of the last version there can be.
 */
sealed interface CacheEntry {

    /** The version of a tombstone. A record of that version is not cached. */
    long LAST_VERSION = Long.MAX_VALUE;

    /** Nothing older replaces the entry. */
    long version();

    /** Neither a copy nor a tombstone. */
    enum None implements CacheEntry {
        ABSENT(TieredEvent.Reason.ABSENT),
        UNREACHABLE(TieredEvent.Reason.UNREACHABLE),
        UNREADABLE(TieredEvent.Reason.UNREADABLE);

        private final TieredEvent.Reason reason;

        None(TieredEvent.Reason reason) {
            this.reason = reason;
        }

        TieredEvent.Reason reason() {
            return reason;
        }

        @Override
        public long version() {
            return 0;
        }
    }

    /** The session was deleted a short time ago. */
    record Tombstone() implements CacheEntry {

        @Override
        public long version() {
            return LAST_VERSION;
        }

        static SessionRecord of(SessionId id, Instant now, Duration kept) {
            return new SessionRecord(
                    id, new byte[0], LAST_VERSION, now, now, UNLIKE_ANY, now.plus(kept), null, Trailer.of(now));
        }

        /** A deadline may move back only together with another idle timeout. */
        private static final Duration UNLIKE_ANY = Duration.ofMillis(1);
    }

    /**
     * A copy of a record.
     *
     * @param record as the durable store had it, with the touches since
     * @param confirmedAt a time before the durable store was asked for it, or was given it
     */
    record Copy(SessionRecord record, Instant confirmedAt) implements CacheEntry {

        @Override
        public long version() {
            return record.version();
        }

        SessionRecord entry() {
            byte[] trailer = Trailer.of(confirmedAt);
            byte[] payload = Arrays.copyOf(record.payload(), record.payload().length + trailer.length);
            System.arraycopy(trailer, 0, payload, record.payload().length, trailer.length);
            return withPayload(record, payload);
        }
    }

    /** Reads an entry of the cache. */
    static CacheEntry of(SessionRecord entry) {
        byte[] payload = entry.payload();
        int end = payload.length - Trailer.LENGTH;
        if (end < 0 || payload[payload.length - 1] != Trailer.FORMAT) {
            return None.UNREADABLE;
        }
        return entry.version() == LAST_VERSION
                ? new Tombstone()
                : new Copy(withPayload(entry, Arrays.copyOf(payload, end)), Trailer.time(payload, end));
    }

    private static SessionRecord withPayload(SessionRecord record, byte[] payload) {
        return new SessionRecord(
                record.id(),
                record.proof(),
                record.version(),
                record.createdAt(),
                record.lastAccessedAt(),
                record.idleTimeout(),
                record.expiresAt(),
                record.principal(),
                payload);
    }

    /** Eight bytes of time, one of format. */
    final class Trailer {

        private static final int LENGTH = Long.BYTES + 1;

        private static final byte FORMAT = 2;

        private Trailer() {}

        private static byte[] of(Instant time) {
            return ByteBuffer.allocate(LENGTH)
                    .putLong(time.toEpochMilli())
                    .put(FORMAT)
                    .array();
        }

        private static Instant time(byte[] payload, int at) {
            return Instant.ofEpochMilli(ByteBuffer.wrap(payload).getLong(at));
        }
    }
}
