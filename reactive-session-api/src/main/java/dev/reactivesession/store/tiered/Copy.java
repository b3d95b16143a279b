package dev.reactivesession.store.tiered;

import dev.reactivesession.store.SessionRecord;
import java.time.Duration;
import java.time.Instant;

/**
 * A record as the cache holds it.
 *
 * @param record with the version of the durable store and the times of the last touch
 * @param confirmedAt when the durable store was asked for it, or was given it
 * @param durableAccess the last use that the durable store is known to have recorded
 * @param durableDeadline the deadline that the durable store is known to have
 * @param disturbed whether it was touched while it was being filled, so that its deadline may be too early
 */
record Copy(
        SessionRecord record, Instant confirmedAt, Instant durableAccess, Instant durableDeadline, boolean disturbed) {

    /** Larger versions are those of leases. */
    private static final long FIRST_UNCACHEABLE_VERSION = 1L << 52;

    static Copy of(SessionRecord record, Instant confirmedAt) {
        return new Copy(record, confirmedAt, record.lastAccessedAt(), record.expiresAt(), false);
    }

    static boolean isCacheable(SessionRecord record) {
        return record.version() < FIRST_UNCACHEABLE_VERSION;
    }

    /** The same, with what the cache alone knows of its use. */
    Copy withTouchesOf(Copy other) {
        return record.version() == other.record.version()
                ? new Copy(
                        record.touched(other.record.lastAccessedAt(), other.record.expiresAt()),
                        confirmedAt,
                        durableAccess,
                        durableDeadline,
                        disturbed)
                : this;
    }

    Copy settled() {
        return new Copy(record, confirmedAt, record.lastAccessedAt(), record.expiresAt(), disturbed);
    }

    boolean isOwing() {
        return record.expiresAt().isAfter(durableDeadline);
    }

    /** Whether the durable store's deadline would pass within so short a time, although the session lives on. */
    boolean isOwingWithin(Duration lag, Instant now) {
        return isOwing() && !durableDeadline.isAfter(now.plus(lag));
    }

    boolean isOlderThan(Duration age, Instant now) {
        return !confirmedAt.plus(age).isAfter(now) || confirmedAt.isAfter(now.plus(age));
    }
}
