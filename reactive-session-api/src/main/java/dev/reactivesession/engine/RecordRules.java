package dev.reactivesession.engine;

import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.store.SessionRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rules of time for records: which has expired, when a touch is due, and the times of a first record and of a
 * successor.
 */
final class RecordRules {

    private static final byte[] NO_PROOF_YET = {};

    private final SessionLimits limits;

    private final boolean extendOnAccess;

    private final Clock clock;

    private final Function<SessionRecord, @Nullable Remembrance> remembrances;

    RecordRules(
            SessionLimits limits,
            boolean extendOnAccess,
            Clock clock,
            Function<SessionRecord, @Nullable Remembrance> remembrances) {
        this.limits = limits;
        this.extendOnAccess = extendOnAccess;
        this.clock = clock;
        this.remembrances = remembrances;
    }

    /** In milliseconds, as records have it. */
    Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    SessionLimits limits() {
        return limits;
    }

    /**
     * Also by the limits of today, which may be shorter than those the record was stored under. Looks into the
     * payload only where these limits alone would end it.
     */
    boolean isExpired(SessionRecord record, Instant now) {
        return record.isExpiredAt(now)
                || (isOver(record, now, null) && isOver(record, now, remembrances.apply(record)));
    }

    boolean isOver(SessionRecord record, Instant now, @Nullable Remembrance remembrance) {
        return !now.isBefore(deadline(record, record.lastAccessedAt(), remembrance));
    }

    /** Without an interval a touch is always due; a visit that has touched the session is nevertheless one use. */
    boolean isTouchDue(SessionRecord record, boolean touched) {
        long unseen = clock.millis() - record.lastAccessedAt().toEpochMilli();
        return extendOnAccess
                && unseen >= touchInterval(record.idleTimeout()).toMillis()
                && !(touched && limits.touchInterval().isZero());
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
        return deadline(record, accessed, remembrances.apply(record));
    }

    Instant deadline(SessionRecord record, Instant accessed, @Nullable Remembrance remembrance) {
        return deadline(record.createdAt(), accessed, record.idleTimeout(), remembrance);
    }

    /** A session that is remembered has an absolute deadline of its own. */
    Instant deadline(Instant createdAt, Instant accessed, Duration idle, @Nullable Remembrance remembrance) {
        if (remembrance == null || remembrance.time() == null) {
            return limits.deadline(remembrance == null ? createdAt : remembrance.since(), accessed, idle);
        }
        Instant until = remembrance.since().plus(withinLimits(remembrance.time()));
        Instant unused = accessed.plus(idle);
        return until.isBefore(unused) ? until : unused;
    }

    private Duration withinLimits(Duration remembered) {
        return remembered.compareTo(limits.rememberMax()) < 0 ? remembered : limits.rememberMax();
    }

    /** How long a session will still be remembered, in whole seconds, as cookies have it; null when it is not. */
    @Nullable
    Duration left(@Nullable Remembrance remembrance) {
        if (remembrance == null || remembrance.time() == null) {
            return null;
        }
        Duration left = Duration.between(now(), remembrance.since().plus(withinLimits(remembrance.time())));
        return Duration.ofSeconds(Math.max(1, left.plusMillis(999).toSeconds()));
    }

    SessionRecord first(
            SessionId id, Instant createdAt, SaveOrder order, @Nullable Remembrance remembrance, byte[] payload) {
        Instant now = now();
        Duration idle = order.idleTimeout(limits.idleTimeout());
        return new SessionRecord(
                id,
                NO_PROOF_YET,
                1,
                createdAt,
                now,
                idle,
                deadline(createdAt, now, idle, remembrance),
                order.principal(null),
                payload);
    }

    /** A clock that is behind moves no time back. */
    SessionRecord successor(
            SessionRecord current, SaveOrder order, boolean visit, @Nullable Remembrance remembrance, byte[] payload) {
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
                deadline(current.createdAt(), accessed, idle, remembrance),
                order.principal(current.principal()),
                payload);
    }
}
