package dev.reactivesession.engine;

import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.store.SessionRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The rules of time for records: which has expired, when a touch is due, and the times of a first record and of a successor. */
final class RecordRules {

    private static final byte[] NO_PROOF_YET = {};

    private final SessionLimits limits;

    private final boolean extendOnAccess;

    private final Clock clock;

    RecordRules(SessionLimits limits, boolean extendOnAccess, Clock clock) {
        this.limits = limits;
        this.extendOnAccess = extendOnAccess;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    SessionLimits limits() {
        return limits;
    }

    /** Also by the limits of today, which may be shorter than those the record was stored under. */
    boolean isExpired(SessionRecord record, Instant now) {
        return record.isExpiredAt(now) || !now.isBefore(deadline(record, record.lastAccessedAt()));
    }

    boolean isTouchDue(SessionRecord record, Instant now) {
        return extendOnAccess
                && !record.lastAccessedAt()
                        .plus(touchInterval(record.idleTimeout()))
                        .isAfter(now);
    }

    private Duration touchInterval(Duration idleTimeout) {
        if (idleTimeout.compareTo(limits.idleTimeout()) >= 0) {
            return limits.touchInterval();
        }
        // by number, because to divide a Duration takes decimal arithmetic
        Duration tenth = Duration.ofMillis(idleTimeout.toMillis() / 10);
        return tenth.compareTo(limits.touchInterval()) < 0 ? tenth : limits.touchInterval();
    }

    Instant deadline(SessionRecord record, Instant accessed) {
        return limits.deadline(record.createdAt(), accessed, record.idleTimeout());
    }

    SessionRecord first(SessionId id, Instant createdAt, SaveOrder order, byte[] payload) {
        Instant now = now();
        Duration idle = order.idleTimeout(limits.idleTimeout());
        return new SessionRecord(
                id,
                NO_PROOF_YET,
                1,
                createdAt,
                now,
                idle,
                limits.deadline(createdAt, now, idle),
                order.principal(null),
                payload);
    }

    /** A clock that is behind moves no time back. */
    SessionRecord successor(SessionRecord current, SaveOrder order, boolean visit, byte[] payload) {
        Instant now = now();
        boolean later = visit && now.isAfter(current.lastAccessedAt());
        Instant accessed = later ? now : current.lastAccessedAt();
        Duration idle = order.idleTimeout(current.idleTimeout());
        return new SessionRecord(
                current.id(),
                current.proof(),
                current.version() + 1,
                current.createdAt(),
                accessed,
                idle,
                limits.deadline(current.createdAt(), accessed, idle),
                order.principal(current.principal()),
                payload);
    }
}
