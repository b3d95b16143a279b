package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionId;
import java.time.Duration;

/** What a {@link TieredSessionStore} tells its listener, for metrics and logs. */
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

    /** The cache answers again. What it held before is not trusted until the durable store has confirmed it. */
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
        /** What it holds is no copy of a session. */
        UNREADABLE,
        /** Somebody else is reading the durable store to fill it. */
        LEASED,
        /** The copy has reached the maximum age. */
        OLD,
        /** The copy looks expired, and the cache alone never ends a session. */
        EXPIRED,
        /** A write of this node, or an outage, may have made the copy out of date. */
        DOUBTED,
        /** The deadline in the durable store must be moved before the copy is served again. */
        OWING
    }
}
