package dev.reactivesession.store;

import dev.reactivesession.SessionId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The optional power to find and end the sessions of a user. Start, errors, cancel and concurrency are those of {@link
 * SessionStore}.
 */
public interface SessionsByPrincipal {

    /**
     * Streams the records of a user, expired ones included while they lie there.
     *
     * <ol>
     *   <li>8.1 Every record whose principal it is when the stream begins, and none of anybody else.
     *   <li>8.2 A principal is compared exactly: no case folding, no trimming.
     * </ol>
     *
     * @param principal the user name
     * @return the records, in no order
     */
    Flux<SessionRecord> findByPrincipal(String principal);

    /**
     * Counts the sessions that {@link #findByPrincipal} would stream.
     *
     * @param principal the user name
     * @return how many (8.3)
     */
    Mono<Long> countByPrincipal(String principal);

    /**
     * Removes the records of a user.
     *
     * <ol>
     *   <li>9.1 Every record whose principal it is, but for the exception; emits the ids this call removed.
     *   <li>9.2 A record whose principal changed meanwhile survives.
     *   <li>9.3 A record whose insert or update to this principal completed before this call began is not missed.
     * </ol>
     *
     * @param principal the user name
     * @param except the session to keep, or null
     * @return the ids really removed
     */
    Flux<SessionId> deleteByPrincipal(String principal, @Nullable SessionId except);
}
