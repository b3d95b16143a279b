package dev.reactivesession.cookie;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.PrincipalRevocation;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Remembers in a {@link SessionStore} which sealed sessions were ended before their time. Nothing is written until a
 * session ends, rotates or renews, but for one record that tells this store from one which has lost its data. What is
 * remembered lies there until the last token that it denies has expired.
 *
 * <p>Start, errors, cancel and concurrency are those of the store; an ended session stays ended in every
 * interleaving. A user who ends or rotates more than 256 sessions within the absolute timeout is signed out
 * everywhere.
 */
public final class Revocations implements PrincipalRevocation {

    private final StoredRevocation revocation;

    private final SessionStore store;

    private final AnonymousEnds anonymous;

    /**
     * Remembers in a store, with {@link RevocationSettings#defaults()}.
     *
     * @param store where; it must evict nothing
     * @param limits the timeouts, which say how long to remember, and the grace of renewal
     * @param clock the clock of the application
     * @throws SessionException.Misconfigured when there is no absolute timeout
     */
    public Revocations(SessionStore store, SessionLimits limits, Clock clock) {
        this(store, limits, clock, RevocationSettings.defaults());
    }

    /**
     * Remembers in a store, under ids derived by a hash.
     *
     * @param store where; it must evict nothing
     * @param limits the timeouts, which say how long to remember, and the grace of renewal
     * @param clock the clock of the application
     * @param settings which way to fail, and the bound
     * @throws SessionException.Misconfigured when there is no absolute timeout
     */
    public Revocations(SessionStore store, SessionLimits limits, Clock clock, RevocationSettings settings) {
        RevocationMemory memory = RevocationMemory.of(limits);
        this.store = store;
        this.anonymous = new AnonymousEnds(settings.maximum(), memory.ofAnonymous());
        DurableRecords records = new DurableRecords(store);
        this.revocation = new StoredRevocation(
                new RevokedTokensStore(records, anonymous),
                new StoreEpoch(records, clock, settings.onLost()),
                limits,
                clock);
    }

    RevocationCheck forVault() {
        return revocation;
    }

    /**
     * How many ends of anonymous sessions this node has not remembered, because there were too many.
     *
     * @return a number that only grows
     */
    public long forgotten() {
        return anonymous.forgotten();
    }

    /**
     * Ends a session.
     *
     * @param id which
     * @param principal the user it belongs to, or null when it has no user
     * @return false: it was ended already
     */
    public Mono<Boolean> end(SessionId id, @Nullable String principal) {
        return Mono.defer(
                () -> revocation.end(id, principal == null ? Subject.ofSession(id) : Subject.ofUser(principal)));
    }

    @Override
    public Mono<Void> endAll(String principal) {
        return Mono.defer(() -> revocation.endAll(principal, null));
    }

    @Override
    public Mono<Void> endOthers(String principal, SessionId current) {
        return Mono.defer(() -> revocation.endAll(principal, current));
    }

    @Override
    public Mono<Boolean> hasEnded(SessionRecord record) {
        return Mono.defer(() -> revocation.hasEnded(record));
    }

    @Override
    public Optional<ExpiredSessions> outdated() {
        return store.power(ExpiredSessions.class);
    }
}
