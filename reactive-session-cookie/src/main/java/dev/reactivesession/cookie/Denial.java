package dev.reactivesession.cookie;

import dev.reactivesession.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens of one session count no more.
 *
 * @param session which
 * @param floor the first generation that counts; {@link #ENDED} when none does
 * @param graceUntil until when, in milliseconds, the generation before the floor counts as well
 * @param until when, in milliseconds, the last token of this session has expired
 * @param movedTo the subject of later tokens; null when it is this one
 */
record Denial(
        SessionId session,
        long floor,
        long graceUntil,
        long until,
        @Nullable SessionId movedTo) {

    static final long ENDED = Long.MAX_VALUE;

    boolean admits(long generation, long now) {
        return generation >= floor || (generation == floor - 1 && now < graceUntil);
    }

    Denial ended(long atLeastUntil) {
        return new Denial(session, ENDED, 0, Math.max(until, atLeastUntil), movedTo);
    }

    Denial lasting(long atLeastUntil) {
        return new Denial(session, floor, graceUntil, Math.max(until, atLeastUntil), movedTo);
    }

    boolean moved() {
        return movedTo != null;
    }

    boolean isEnded() {
        return floor == ENDED;
    }
}
