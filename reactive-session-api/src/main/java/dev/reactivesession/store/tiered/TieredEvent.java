package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionId;
import java.time.Duration;

/** An event of a {@link TieredSessionStore}, for metrics and logs. */
public sealed interface TieredEvent {

    /**
     * A read was answered by the cache alone.
     *
     * @param id the session
     */
    record Hit(SessionId id) implements TieredEvent {}

    /**
     * A read went to the durable store.
     *
     * @param id the session
     * @param reason why the cache could not answer
     */
    record Miss(SessionId id, Reason reason) implements TieredEvent {}

    /**
     * The cache failed, or did not answer in time. The operation went on without it.
     *
     * @param cause the error
     */
    record CacheFailed(Throwable cause) implements TieredEvent {}

    /**
     * The cache failed so often that it is left alone.
     *
     * @param pause for how long
     */
    record CachePaused(Duration pause) implements TieredEvent {}

    /** The cache answers again. */
    record CacheResumed() implements TieredEvent {}

    /**
     * The durable store was down, and a copy was served instead.
     *
     * @param id the session
     * @param age how long ago the durable store had confirmed it
     */
    record OutageRead(SessionId id, Duration age) implements TieredEvent {}

    /**
     * Other nodes could not be told of a write: they see it when their copies have reached the maximum age.
     *
     * @param id the session
     * @param cause the error
     */
    record InvalidationFailed(SessionId id, Throwable cause) implements TieredEvent {}

    /** Why the cache could not answer. */
    enum Reason {
        /** It holds nothing under the id. */
        ABSENT,
        /** It was left alone, failed, or did not answer in time. */
        UNREACHABLE,
        /** It holds something else than a copy. */
        UNREADABLE,
        /** The session was deleted a short time ago. */
        DELETED,
        /** The copy has reached the maximum age. */
        OLD,
        /** The copy looks expired, and a copy ends no session. */
        EXPIRED,
        /** This node has shown or written something newer, or was told of a change. */
        DOUBTED
    }
}
