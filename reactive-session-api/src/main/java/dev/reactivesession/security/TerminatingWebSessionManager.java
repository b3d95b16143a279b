package dev.reactivesession.security;

import dev.reactivesession.SessionId;
import dev.reactivesession.Sessions;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import org.springframework.web.server.session.DefaultWebSessionManager;
import org.springframework.web.server.session.WebSessionManager;
import org.springframework.web.server.session.WebSessionStore;
import reactor.core.publisher.Mono;

/**
 * A session manager in whose store others can end a session by its id. Spring Security looks for a {@link
 * DefaultWebSessionManager} and ends surplus sessions in its store; everything else is left to the manager given
 * here.
 */
public final class TerminatingWebSessionManager extends DefaultWebSessionManager {

    private final WebSessionManager manager;

    /**
     * Leaves sessions of exchanges to another manager.
     *
     * @param manager gives an exchange its session
     * @param sessions ends sessions by their id
     */
    public TerminatingWebSessionManager(WebSessionManager manager, Sessions sessions) {
        this.manager = manager;
        setSessionStore(new Terminator(sessions));
    }

    @Override
    public Mono<WebSession> getSession(ServerWebExchange exchange) {
        return manager.getSession(exchange);
    }

    /** The session of an exchange comes from no store of this kind, so that ending one is all there is to do. */
    private record Terminator(Sessions sessions) implements WebSessionStore {

        @Override
        public Mono<WebSession> createWebSession() {
            return Mono.error(Terminator::onlyThroughAnExchange);
        }

        @Override
        public Mono<WebSession> retrieveSession(String sessionId) {
            return Mono.error(Terminator::onlyThroughAnExchange);
        }

        @Override
        public Mono<Void> removeSession(String sessionId) {
            return Mono.justOrEmpty(SessionId.parse(sessionId))
                    .flatMap(sessions::terminate)
                    .then();
        }

        @Override
        public Mono<WebSession> updateLastAccessTime(WebSession session) {
            return Mono.just(session);
        }

        private static Throwable onlyThroughAnExchange() {
            return new UnsupportedOperationException(
                    "a web session belongs to an exchange: exchange.getSession(); to work on sessions outside of one,"
                            + " inject Sessions");
        }
    }
}
