package dev.reactivesession.store;

import dev.reactivesession.SessionId;
import java.time.Instant;
import java.util.Collection;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The optional power to find what has expired. Start, errors, cancel and concurrency are those of {@link SessionStore}.
 */
public interface ExpiredSessions {

    /**
     * Streams the ids of the sessions that have expired.
     *
     * <ol>
     * <li>6.1 Names every session whose deadline is at or before {@code now} when the stream begins, unless it is
     * renewed or removed meanwhile.
     * <li>6.2 Reads no more from the store than a bounded step ahead of what is requested; memory does not grow with
     * the number of expired sessions.
     *   <li>6.3 Cancelling stops reading and frees what it held.
     *   <li>6.4 An id may be named although it is renewed a moment later: only {@link #deleteExpired} decides.
     * </ol>
     *
     * @param now the time by the clock of the application
     * @return ids, in the order that suits the store
     */
    Flux<SessionId> expired(Instant now);

    /**
     * Removes those of the named sessions that are still expired.
     *
     * <ol>
     *   <li>7.1 A record that was renewed meanwhile survives, whole.
     *   <li>7.2 Emits exactly the ids this call removed: each removed session is named by one call on one node.
     * <li>7.3 Calls on several nodes neither deadlock nor wait for each other; what another call is removing may be
     * passed over.
     * </ol>
     *
     * @param ids which, as streamed by {@link #expired}
     * @param now the same time
     * @return the ids really removed
     */
    Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now);

    /**
     * The clock of the store itself, for a sweep to compare its own with. Nothing else is decided by it.
     *
     * @return the time where the store runs; empty where it has no clock of its own
     */
    default Mono<Instant> storeTime() {
        return Mono.empty();
    }
}
