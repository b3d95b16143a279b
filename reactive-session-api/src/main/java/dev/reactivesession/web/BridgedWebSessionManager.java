package dev.reactivesession.web;

import dev.reactivesession.Session;
import dev.reactivesession.engine.SessionEngine;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import org.springframework.web.server.session.WebSessionManager;
import reactor.core.publisher.Mono;

/**
 * Makes {@code exchange.getSession()} the same lazy session, so that the framework and libraries that know only
 * {@link WebSession} share it. To be registered under the bean name {@code webSessionManager}.
 */
public final class BridgedWebSessionManager implements WebSessionManager {

    private final SessionEngine engine;

    private final SessionTransport transport;

    /**
     * Bridges to the sessions of an engine.
     *
     * @param engine where sessions come from, the same as the filter's
     * @param transport how their tokens travel, the same as the filter's
     */
    public BridgedWebSessionManager(SessionEngine engine, SessionTransport transport) {
        this.engine = engine;
        this.transport = transport;
    }

    @Override
    public Mono<WebSession> getSession(ServerWebExchange exchange) {
        return Mono.defer(
                () -> ExchangeCarrier.sessionOf(exchange, engine, transport).map(this::bridged));
    }

    private WebSession bridged(Session session) {
        return new BridgedWebSession(session, engine.clock().instant());
    }
}
