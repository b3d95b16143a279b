package dev.reactivesession.security;

import dev.reactivesession.Session;
import dev.reactivesession.SessionId;
import dev.reactivesession.Sessions;
import java.util.Optional;
import org.springframework.security.core.session.ReactiveSessionInformation;
import org.springframework.security.core.session.ReactiveSessionRegistry;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What Spring Security asks to limit the sessions of a user. There is no second list to keep in step: the store knows whose its sessions are, so that
 * saving, removing and refreshing an entry do nothing.
 */
public final class PrincipalSessionRegistry implements ReactiveSessionRegistry {

    private final Sessions sessions;

    /**
     * Answers from the sessions themselves.
     *
     * @param sessions the sessions, in a store that can find them by principal
     */
    public PrincipalSessionRegistry(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Flux<ReactiveSessionInformation> getAllSessions(Object principal) {
        return sessions.findByPrincipal(SecurityPrincipals.nameOf(principal))
                .map(session -> new TerminableSession(session, principal, sessions));
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
        return Mono.justOrEmpty(principal.map(name -> new TerminableSession(session, name, sessions)));
    }

    @Override
    public Mono<ReactiveSessionInformation> removeSessionInformation(String sessionId) {
        return getSessionInformation(sessionId);
    }

    /** The engine records the use of a session by itself. */
    @Override
    public Mono<ReactiveSessionInformation> updateLastAccessTime(String sessionId) {
        return Mono.empty();
    }

    @SuppressWarnings("serial") // never serialized; the type it extends says that it could be
    private static final class TerminableSession extends ReactiveSessionInformation {

        private static final long serialVersionUID = 1L;

        private final transient SessionId id;

        private final transient Sessions sessions;

        TerminableSession(Session session, Object principal, Sessions sessions) {
            super(principal, session.id().toString(), session.lastAccessedAt());
            this.id = session.id();
            this.sessions = sessions;
        }

        @Override
        public Mono<Void> invalidate() {
            return sessions.terminate(id).then(super.invalidate());
        }
    }
}
