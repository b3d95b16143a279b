package dev.reactivesession.store;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import java.time.Instant;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Keeps records under session ids. Every operation promises:
 *
 * <ul>
 *   <li><b>Start.</b> Nothing happens before subscription, and every subscription does it again.
 * <li><b>Errors.</b> Only {@link SessionException}: {@code Unavailable} when the store cannot be reached or does not
 * answer in time,
 * {@code Unreadable} when what lies under the id is not a record, {@code TooLarge}, {@code Misconfigured}. Never a
 * false or an empty in place of an error.
 *   <li><b>Cancel.</b> An operation is one atomic command: cancelling leaves the old state or the new one.
 * <li><b>Concurrency.</b> Any number of callers on any number of nodes; operations on one id are linearizable. Never
 * blocks.
 *   <li><b>Time.</b> Only the times it is given: a store never compares them with a clock of its own.
 * </ul>
 *
 * The numbered rules below are tests in the kit, under the same numbers.
 */
public interface SessionStore {

    /**
     * Reads a record.
     *
     * <ol>
     *   <li>1.1 Gives back exactly what was inserted or saved last, with the times of the last touch.
     *   <li>1.2 An absent id is empty, and reading it creates nothing.
     * <li>1.3 Whether a record is past its deadline is for the caller to say: it may still be found, for as long as it
     * lies there.
     * </ol>
     *
     * @param id which
     * @return the record; empty when absent
     */
    Mono<SessionRecord> find(SessionId id);

    /**
     * Stores a record that was not there.
     *
     * <ol>
     *   <li>2.1 Never overwrites: when the id exists, nothing changes.
     *   <li>2.2 Of several concurrent inserts of one id, exactly one is true.
     * </ol>
     *
     * @param record the first record of a session
     * @return false: the id exists, or a store that remembers deletions has seen it deleted
     */
    Mono<Boolean> insert(SessionRecord record);

    /**
     * Replaces a record by its successor.
     *
     * <ol>
     *   <li>3.1 Replaces only the version it is based on; never creates.
     *   <li>3.2 Of several concurrent updates based on one version, exactly one is true.
     * <li>3.3 A record that had expired by {@code record.lastAccessedAt()} counts as absent: a save brings nothing
     * back.
     *   <li>3.4 The time of last access never moves back. Neither does the deadline, unless the idle timeout changes.
     * </ol>
     *
     * @param record the record
     * @param basedOn the version that must be there
     * @return false: absent, or another version
     */
    Mono<Boolean> update(SessionRecord record, long basedOn);

    /**
     * Moves the times forward without rewriting the payload and without raising the version.
     *
     * <ol>
     *   <li>4.1 Neither time ever moves back.
     *   <li>4.2 Never creates: not when the record was deleted a moment ago either.
     *   <li>4.3 A record that had expired by {@code accessed} counts as absent.
     *   <li>4.4 Neither payload nor version changes, so a save under way is not disturbed.
     * </ol>
     *
     * @param id which
     * @param accessed the time of use
     * @param expires the new deadline
     * @return false: absent
     */
    Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires);

    /**
     * Removes a record, whatever its version.
     *
     * <ol>
     *   <li>5.1 Afterwards it is absent, and nothing but an insert under that id makes it present.
     *   <li>5.2 Of several concurrent deletes, exactly one is true.
     * </ol>
     *
     * @param id which
     * @return false: it was absent already
     */
    Mono<Boolean> delete(SessionId id);

    /**
     * Asks for an optional power, such as {@link ExpiredSessions} or {@link SessionsByPrincipal}. A store that wraps
     * another answers for what it wraps.
     *
     * @param type the interface of the power
     * @param <P> the interface of the power
     * @return the power, or empty when this store does not have it; always the same answer
     */
    default <P> Optional<P> power(Class<P> type) {
        return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
    }
}
