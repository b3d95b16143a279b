package dev.reactivesession.store;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Optional power beside a {@link SessionVault} that keeps no records: ending the sessions of a user although nobody can
 * list them.
 *
 * <p>Nothing happens before subscription. Errors are {@link SessionException} only. Cancelling leaves the old state or
 * the new one. Any number of concurrent callers.
 */
public interface PrincipalRevocation {

    /**
     * Ends every session of a user that has logged in before this begins.
     *
     * @param principal the user name
     * @return completes when none of their tokens opens any more
     */
    Mono<Void> endAll(String principal);

    /**
     * Ends every session of a user but one.
     *
     * @param principal the user name
     * @param current the session to keep
     * @return completes when no token of the others opens any more
     */
    Mono<Void> endOthers(String principal, SessionId current);

    /**
     * Whether a session was ended, for a stream that stays open longer than a token counts: a rotation does not end it.
     *
     * @param record the record as loaded
     * @return whether it was; never empty
     */
    Mono<Boolean> hasEnded(SessionRecord record);

    /**
     * Entries that need not be remembered any more, for a sweep to remove.
     *
     * @return empty where it goes by itself
     */
    Optional<ExpiredSessions> outdated();
}
