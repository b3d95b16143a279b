package dev.reactivesession.store;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionToken;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Turns the token that a client presents into a record, and a record to be kept into the token that the client is to
 * hold. There are two kinds: one keeps the record in a {@link SessionStore} and gives out a key to it, the other seals
 * the record itself into the token.
 *
 * <p>Nothing happens before subscription. Errors are {@link SessionException} only. Cancelling leaves the old state or
 * the new one. Any number of concurrent callers.
 */
public interface SessionVault {

    /**
     * Opens a token.
     *
     * @param token as the client presented it; any text
     * @param now the time by the clock of the application
     * @return what it is; never empty. A malformed token is rejected without any input or output
     */
    Mono<Opening> open(SessionToken token, Instant now);

    /**
     * Keeps the first record of a session.
     *
     * @param record the record; its proof is still empty
     * @param writes the names of the writes that it contains, oldest first; at least one
     * @return {@code Saved} with a token, {@code Moved} when one of these writes was kept before, or {@code Gone} when
     * the
     *     session was ended while it was being created
     */
    Mono<SaveOutcome> insert(SessionRecord record, List<WriteName> writes);

    /**
     * Keeps the successor of a record, unless another one was kept first.
     *
     * @param record the record
     * @param basedOn the version it is based on
     * @param change whether the token is kept, renewed or replaced
     * @param writes the names of the writes that it adds, oldest first; at least one
     * @return the outcome; {@code Moved} holds the record that is there instead
     */
    Mono<SaveOutcome> update(SessionRecord record, long basedOn, TokenChange change, List<WriteName> writes);

    /**
     * Records a use.
     *
     * @param record the record as loaded
     * @param accessed the time of use
     * @param expires the new deadline
     * @return {@code Saved} or {@code Gone}
     */
    Mono<SaveOutcome> touch(SessionRecord record, Instant accessed, Instant expires);

    /**
     * Ends a session.
     *
     * @param record the record as loaded
     * @return false: it was ended already
     */
    Mono<Boolean> delete(SessionRecord record);
}
