package dev.reactivesession.cookie;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.PrincipalRevocation;
import dev.reactivesession.store.SessionStore;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Remembers in a {@link SessionStore} which sealed sessions were ended before their time. One lookup for each session opened; nothing is written until a
 * session ends, rotates or renews. What is remembered lies there until the last token it denies has expired.
 *
 * <p>Start, errors, cancel and concurrency are those of the store; what was ended stays ended in every interleaving. A user who ends or rotates more than
 * 256 sessions within the absolute timeout is signed out everywhere.
 */
public final class Revocations implements PrincipalRevocation {

    private final StoredRevocation revocation;

    private final SessionStore store;

    /**
     * Remembers in a store, under ids derived by a hash.
     *
     * @param store where
     * @param limits the absolute timeout, which says how long to remember, and the grace of renewal
     * @param clock the clock of the application
     * @throws SessionException.Misconfigured when there is no absolute timeout
     */
    public Revocations(SessionStore store, SessionLimits limits, Clock clock) {
        this.store = store;
        this.revocation = new StoredRevocation(store, limits, clock);
    }

    Revocation forVault() {
        return revocation;
    }

    /**
     * Ends a session.
     *
     * @param id which
     * @param principal the user it belongs to, or null when nobody has logged in to it
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
    public Optional<ExpiredSessions> outdated() {
        return store instanceof ExpiredSessions expired ? Optional.of(expired) : Optional.empty();
    }
}
