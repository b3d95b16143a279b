package dev.reactivesession.web;

import dev.reactivesession.Session;
import dev.reactivesession.engine.LazySession;
import dev.reactivesession.engine.SessionEngine;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Puts the lazy session of each exchange under {@link Session#ATTRIBUTE}, into the exchange and into the Reactor
 * context. An exchange that never asks for it does no work for it. Changes are stored before the response is committed;
 * changes made after that are stored when the exchange ends: when it completes, fails, or its visitor leaves. The
 * errors of sessions become statuses that a client can act on: see {@link SessionStatus}.
 */
public final class SessionWebFilter implements WebFilter, Ordered {

    /** Before Spring Security and everything else that may ask for a session, after what only watches. */
    public static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 100;

    private final SessionEngine engine;

    private final SessionTransport transport;

    /**
     * Filters with an engine and a transport.
     *
     * @param engine where sessions come from
     * @param transport how their tokens travel
     */
    public SessionWebFilter(SessionEngine engine, SessionTransport transport) {
        this.engine = engine;
        this.transport = transport;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        LazySession session = ExchangeCarrier.sessionOf(exchange, engine, transport);
        return SessionScope.around(chain.filter(exchange), exchange, session);
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    /** The framework asks for it in every request, to name the place if an error comes by. */
    @Override
    public String toString() {
        return "SessionWebFilter";
    }
}
