package dev.reactivesession.security;

import dev.reactivesession.Session;
import dev.reactivesession.SessionId;
import dev.reactivesession.Sessions;
import dev.reactivesession.engine.RecentUses;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.security.core.session.ReactiveSessionInformation;
import org.springframework.security.core.session.ReactiveSessionRegistry;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The registry that Spring Security asks to limit the sessions of a user. There is no second list to keep in step: the
 * store knows whose its sessions are, so that saving and removing an entry do nothing. A use is noted on this node, to
 * know which session was used longest ago within the touch interval; of uses on other nodes, the recorded time is all
 * that is known.
 */
public final class PrincipalSessionRegistry implements ReactiveSessionRegistry {

    private final Sessions sessions;

    private final Clock clock;

    private final RecentUses uses = new RecentUses();

    /**
     * Answers from the sessions themselves.
     *
     * @param sessions the sessions, in a store that can find them by principal
     */
    public PrincipalSessionRegistry(Sessions sessions) {
        this(sessions, Clock.systemUTC());
    }

    /**
     * Answers from the sessions themselves, by a clock.
     *
     * @param sessions the sessions, in a store that can find them by principal
     * @param clock the clock of the sessions
     */
    public PrincipalSessionRegistry(Sessions sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    @Override
    public Flux<ReactiveSessionInformation> getAllSessions(Object principal) {
        return sessions.findByPrincipal(SecurityPrincipals.nameOf(principal))
                .map(session -> terminable(session, principal));
    }

    @Override
    public Mono<Void> saveSessionInformation(ReactiveSessionInformation information) {
        return Mono.empty();
    }

    @Override
    public Mono<ReactiveSessionInformation> getSessionInformation(String sessionId) {
        return Mono.justOrEmpty(SessionId.parse(sessionId))
                .flatMap(sessions::find)
                .flatMap(this::information);
    }

    private Mono<ReactiveSessionInformation> information(Session session) {
        Optional<String> principal = session.principal();
        return Mono.justOrEmpty(principal.map(name -> terminable(session, name)));
    }

    private ReactiveSessionInformation terminable(Session session, Object principal) {
        Instant used = uses.lastOf(session.id(), session.lastAccessedAt());
        return new TerminableSession(session.id(), principal, used, sessions);
    }

    @Override
    public Mono<ReactiveSessionInformation> removeSessionInformation(String sessionId) {
        return getSessionInformation(sessionId);
    }

    /** The engine records the use of a session by itself, now and then; in between it is noted here. */
    @Override
    public Mono<ReactiveSessionInformation> updateLastAccessTime(String sessionId) {
        return Mono.fromRunnable(
                () -> SessionId.parse(sessionId).ifPresent(session -> uses.note(session, clock.instant())));
    }

    @SuppressWarnings("serial") // never serialized; the type it extends says that it could be
    private static final class TerminableSession extends ReactiveSessionInformation {

        private static final long serialVersionUID = 1L;

        private final transient SessionId id;

        private final transient Sessions sessions;

        TerminableSession(SessionId id, Object principal, Instant used, Sessions sessions) {
            super(principal, id.toString(), used);
            this.id = id;
            this.sessions = sessions;
        }

        @Override
        public Mono<Void> invalidate() {
            return sessions.terminate(id).then(super.invalidate());
        }
    }
}
