package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Copies and leases as records of the cache. A copy keeps its version, so that a save replaces it in one conditional update; a lease has a version that
 * no session reaches. What only this package needs lies behind the payload. The principal does too: a cache has no use for an index of users.
 */
final class SlotFormat {

    private static final byte FORMAT = 1;

    private static final int TRAILER = 7 * Long.BYTES + Integer.BYTES + 1;

    private static final int NO_PRINCIPAL = -1;

    private static final long NO_COPY = 0;

    private static final long NO_LEASE = Long.MIN_VALUE;

    private static final byte[] NOTHING = {};

    private SlotFormat() {}

    static SessionRecord held(Copy copy) {
        return over(copy, copy.record().version(), NO_LEASE);
    }

    /** Keeps the copy that it replaces, for its touches and for an outage. */
    static SessionRecord lease(Copy replaced, long stamp, Instant until) {
        return over(replaced, stamp, until.toEpochMilli());
    }

    /** A last use never moves back, not even when the lease becomes a copy: nothing used before the given time can be filled in. */
    static SessionRecord lease(SessionId id, long stamp, Instant until, Instant earliestUse, Instant removable) {
        ByteBuffer trailer = ByteBuffer.allocate(TRAILER);
        putTimes(trailer, NO_COPY, 0, 0, 0, 0, 0, until.toEpochMilli()).putInt(NO_PRINCIPAL);
        return new SessionRecord(
                id,
                NOTHING,
                stamp,
                earliestUse,
                earliestUse,
                Duration.ofSeconds(1),
                removable,
                null,
                trailer.put(FORMAT).array());
    }

    static Slot read(SessionRecord slot) {
        byte[] bytes = slot.payload();
        return bytes.length < TRAILER || bytes[bytes.length - 1] != FORMAT
                ? Slot.Without.UNREADABLE
                : read(slot, ByteBuffer.wrap(bytes, bytes.length - TRAILER, TRAILER));
    }

    private static Slot read(SessionRecord slot, ByteBuffer trailer) {
        long version = trailer.getLong();
        Instant confirmedAt = instant(trailer);
        Instant durableAccess = instant(trailer);
        Instant durableDeadline = instant(trailer);
        Instant accessed = instant(trailer);
        Instant deadline = instant(trailer);
        long leasedUntil = trailer.getLong();
        boolean disturbed =
                slot.lastAccessedAt().isAfter(accessed) && slot.expiresAt().equals(deadline);
        Copy copy = version == NO_COPY
                ? null
                : new Copy(
                        original(slot, version, trailer.getInt()),
                        confirmedAt,
                        durableAccess,
                        durableDeadline,
                        disturbed);
        if (leasedUntil != NO_LEASE) {
            return new Slot.Leased(slot.version(), Instant.ofEpochMilli(leasedUntil), copy);
        }
        return copy == null ? Slot.Without.UNREADABLE : new Slot.Held(copy);
    }

    private static SessionRecord over(Copy copy, long version, long leasedUntil) {
        SessionRecord record = copy.record();
        byte[] principal = principal(record);
        ByteBuffer payload = ByteBuffer.allocate(record.payload().length + principal.length + TRAILER)
                .put(record.payload())
                .put(principal);
        putTimes(
                        payload,
                        record.version(),
                        copy.confirmedAt().toEpochMilli(),
                        copy.durableAccess().toEpochMilli(),
                        copy.durableDeadline().toEpochMilli(),
                        record.lastAccessedAt().toEpochMilli(),
                        record.expiresAt().toEpochMilli(),
                        leasedUntil)
                .putInt(record.principal() == null ? NO_PRINCIPAL : principal.length)
                .put(FORMAT);
        return with(record, version, null, payload.array());
    }

    private static ByteBuffer putTimes(ByteBuffer target, long... values) {
        for (long value : values) {
            target.putLong(value);
        }
        return target;
    }

    private static SessionRecord original(SessionRecord slot, long version, int principalLength) {
        int end = slot.payload().length - TRAILER;
        int middle = end - Math.max(principalLength, 0);
        String principal = principalLength == NO_PRINCIPAL
                ? null
                : new String(slot.payload(), middle, principalLength, StandardCharsets.UTF_8);
        return with(slot, version, principal, Arrays.copyOf(slot.payload(), middle));
    }

    private static byte[] principal(SessionRecord record) {
        String principal = record.principal();
        return principal == null ? NOTHING : principal.getBytes(StandardCharsets.UTF_8);
    }

    private static Instant instant(ByteBuffer trailer) {
        return Instant.ofEpochMilli(trailer.getLong());
    }

    private static SessionRecord with(SessionRecord record, long version, @Nullable String principal, byte[] payload) {
        return new SessionRecord(
                record.id(),
                record.proof(),
                version,
                record.createdAt(),
                record.lastAccessedAt(),
                record.idleTimeout(),
                record.expiresAt(),
                principal,
                payload);
    }
}
