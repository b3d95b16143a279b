package dev.reactivesession.cookie;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.store.SessionRecord;
import java.time.Duration;
import java.time.Instant;

/**
 * How long the end of a session is remembered: until the last token that it denies has expired. For a user's session
 * that is the absolute deadline. An anonymous session, which anybody can make, is remembered until its idle deadline
 * if that is earlier.
 *
 * @param absoluteTimeout how long a session lives at most
 * @param idleTimeout how long an anonymous session lives unused, unless it was noted that it lives longer
 */
record RevocationMemory(Duration absoluteTimeout, Duration idleTimeout) {

    /** A request that takes longer looks again before it seals a token. */
    private static final Duration LONGEST_REQUEST = Duration.ofMinutes(1);

    static RevocationMemory of(SessionLimits limits) {
        if (limits.absoluteTimeout() == null) {
            throw new SessionException.Misconfigured(
                    "revocation of sealed sessions needs reactive-session.absolute-timeout:"
                            + " without one it would have to remember for ever",
                    null);
        }
        return new RevocationMemory(limits.absoluteTimeout(), limits.idleTimeout());
    }

    Instant until(SessionRecord record, boolean anonymous, Instant now) {
        Instant last = lastDeadline(record.createdAt());
        Duration longer = record.idleTimeout().compareTo(idleTimeout) > 0 ? record.idleTimeout() : idleTimeout;
        Instant idle = anonymousDeadline(now).plus(longer).minus(idleTimeout);
        return anonymous && idle.isBefore(last) ? idle : last;
    }

    /** Whether an end would be remembered at that time: a session may be remembered itself for longer than that. */
    boolean reaches(SessionRecord record, Instant now) {
        return now.isBefore(lastDeadline(record.createdAt()));
    }

    SessionRecord requireReach(SessionRecord record) {
        if (record.expiresAt().isAfter(lastDeadline(record.createdAt()))) {
            throw new SessionException.Misconfigured(
                    "a sealed session cannot be remembered until " + record.expiresAt()
                            + ": its end is remembered for no longer than the absolute timeout, " + absoluteTimeout
                            + "; raise reactive-session.absolute-timeout, or keep sessions in another"
                            + " reactive-session.store",
                    null);
        }
        return record;
    }

    Instant lastDeadline(Instant createdAt) {
        return createdAt.plus(absoluteTimeout).plus(SealedSessionSettings.CLOCK_TOLERANCE);
    }

    Instant anonymousDeadline(Instant endedAt) {
        return lastSealed(endedAt).plus(SealedSessionSettings.CLOCK_TOLERANCE);
    }

    /** Whether an end later than this look at the revoked tokens denies the record for as long as it lives. */
    boolean outlasts(SessionRecord record, Instant looked) {
        return record.principal() != null || !record.expiresAt().isAfter(lastSealed(looked));
    }

    private Instant lastSealed(Instant looked) {
        return looked.plus(LONGEST_REQUEST).plus(idleTimeout);
    }

    /** How long the end of an anonymous session is remembered at most, if it has the usual idle timeout. */
    Duration ofAnonymous() {
        return idleTimeout.plus(LONGEST_REQUEST).plus(SealedSessionSettings.CLOCK_TOLERANCE);
    }
}
