package dev.reactivesession.web;

import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.engine.LazySession;
import dev.reactivesession.engine.SessionEngine;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Puts the lazy session of each exchange under {@link Session#ATTRIBUTE}, into the exchange and into the Reactor context. An exchange that never asks for
 * it does no work for it. Changes are stored before the response is committed, and what is changed after that when the exchange ends, also when its visitor leaves. An
 * unavailable store becomes 503, a refused conflict 409, a user with too many sessions 403.
 */
public final class SessionWebFilter implements WebFilter, Ordered {

    /** Before Spring Security and everything else that may ask for a session, after what only watches. */
    public static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 100;

    private static final Logger LOG = Loggers.getLogger(SessionWebFilter.class);

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
        return new SessionScope(chain.filter(exchange), exchange, session);
    }

    static Mono<Void> saveWhatCameLate(ServerWebExchange exchange, LazySession session) {
        return exchange.getResponse().isCommitted()
                ? session.commitLate(ExchangeCarrier.isServerError(exchange))
                : Mono.empty();
    }

    /** Leaving is how a stream or a conversation usually ends. Nobody is left to subscribe for, nor to be told of an error. */
    static void saveForOneWhoLeft(ServerWebExchange exchange, LazySession session) {
        saveWhatCameLate(exchange, session)
                .subscribe(null, error -> LOG.warn("a session was not saved when its visitor left", error));
    }

    static Throwable toStatus(Throwable error) {
        if (error instanceof SessionException.Unavailable) {
            return new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, null, error);
        }
        if (error instanceof SessionException.Conflict) {
            return new ResponseStatusException(HttpStatus.CONFLICT, null, error);
        }
        return error instanceof SessionException.LimitReached
                ? new ResponseStatusException(HttpStatus.FORBIDDEN, null, error)
                : error;
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
