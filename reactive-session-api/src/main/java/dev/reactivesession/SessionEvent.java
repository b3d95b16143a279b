package dev.reactivesession;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that happened to a session. Holds ids and names, never a token or the content of an attribute. */
public sealed interface SessionEvent {

    /**
     * When it happened, by the clock of the application.
     *
     * @return the time
     */
    Instant at();

    /** An event of one known session. */
    sealed interface OfSession extends SessionEvent {

        /**
         * Which session.
         *
         * @return its id
         */
        SessionId id();
    }

    /**
     * A session was stored for the first time.
     *
     * @param at when
     * @param id which
     * @param principal the user, if known
     */
    record Created(Instant at, SessionId id, @Nullable String principal) implements OfSession {}

    /**
     * Changes were stored.
     *
     * @param at when
     * @param id which
     * @param principal the user, if known
     */
    record Saved(Instant at, SessionId id, @Nullable String principal) implements OfSession {}

    /**
     * The expiry was moved forward.
     *
     * @param at when
     * @param id which
     */
    record Touched(Instant at, SessionId id) implements OfSession {}

    /**
     * The token was replaced.
     *
     * @param at when
     * @param id which
     * @param principal the user, if known
     */
    record Rotated(Instant at, SessionId id, @Nullable String principal) implements OfSession {}

    /**
     * Somebody acts as another user from now on.
     *
     * @param at when
     * @param id which
     * @param principal the other user
     * @param actor who acts
     */
    record Impersonated(Instant at, SessionId id, String principal, String actor) implements OfSession {}

    /**
     * A token was presented that is good, and has reached the age at which it is renewed: the answer carries a new one,
     * unless its headers were sent before.
     *
     * @param at when
     * @param id which
     */
    record TokenOutdated(Instant at, SessionId id) implements OfSession {}

    /**
     * The session was ended by its user or by somebody in charge.
     *
     * @param at when
     * @param id which
     * @param principal the user, if known
     */
    record Invalidated(Instant at, SessionId id, @Nullable String principal) implements OfSession {}

    /**
     * Every session of everybody was ended at once. No other event names them.
     *
     * @param at when
     */
    record AllEnded(Instant at) implements SessionEvent {}

    /**
     * The deadline passed: seen when somebody came back too late, or when the sweep removed it.
     *
     * @param at when
     * @param id which
     */
    record Expired(Instant at, SessionId id) implements OfSession {}

    /**
     * Another request saved first, and the changes were replayed on what it saved.
     *
     * @param at when
     * @param id which
     * @param replay the number of this replay, from 1
     */
    record Replayed(Instant at, SessionId id, int replay) implements OfSession {}

    /**
     * Two requests set the same place to different values.
     *
     * @param at when
     * @param id which
     * @param attribute the name of the attribute
     * @param path the place inside its value, such as {@code /lines/2}; empty for the whole
     * @param settledBy the policy that decided
     */
    record Conflicted(Instant at, SessionId id, String attribute, String path, ConflictPolicy settledBy)
            implements OfSession {}

    /**
     * Changes were not stored because the session had been ended elsewhere.
     *
     * @param at when
     * @param id which
     */
    record Discarded(Instant at, SessionId id) implements OfSession {}

    /**
     * Stored data could not be decoded.
     *
     * @param at when
     * @param id which
     * @param attribute the attribute, or null when it was the whole payload
     * @param reason the message of the codec: the types that do not fit, and nothing of the content
     */
    record Unreadable(Instant at, SessionId id, @Nullable String attribute, String reason) implements OfSession {}

    /**
     * A token was presented that opens no session.
     *
     * @param at when
     * @param reason why
     */
    record Refused(Instant at, Reason reason) implements SessionEvent {

        /** Why a token opens no session. To the client they all look the same. */
        public enum Reason {
            /** Not the form of a token. */
            MALFORMED,
            /** No such session. */
            UNKNOWN,
            /** There is such a session, but the secret is not its secret, or is not any more. */
            FORGED,
            /** Ended before its time. */
            REVOKED,
            /** Past its deadline. */
            EXPIRED,
            /** Sealed under a key that is not, or no longer, known. */
            UNKNOWN_KEY,
            /** The whole of it cannot be decoded. */
            UNREADABLE
        }
    }
}
