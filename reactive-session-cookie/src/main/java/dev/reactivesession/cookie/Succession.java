package dev.reactivesession.cookie;

import dev.reactivesession.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One token taking the place of another.
 *
 * @param session the session
 * @param former where the token that goes stands
 * @param graceUntil until when it is taken; null when it is dead at once
 * @param until when the last token of the session has expired
 * @param movedTo the subject of the token that comes; null when it is the same
 */
record Succession(
        SessionId session,
        Lineage former,
        @Nullable Instant graceUntil,
        Instant until,
        @Nullable SessionId movedTo) {

    /** The revoked tokens afterwards; null when the token that should go had gone already. */
    @Nullable
    RevokedTokens in(RevokedTokens there, long now) {
        if (!there.admits(session, former, now)) {
            return null;
        }
        return graceUntil != null && there.floorOf(session) > former.generation()
                ? there
                : there.with(denial(there, graceUntil == null ? 0 : graceUntil.toEpochMilli()), now);
    }

    private Denial denial(RevokedTokens there, long grace) {
        long next = Math.max(there.floorOf(session), former.generation()) + 1;
        Denial before = there.of(session);
        long remembered = before == null ? 0 : before.until();
        return new Denial(session, next, grace, Math.max(remembered, until.toEpochMilli()), movedTo);
    }
}
