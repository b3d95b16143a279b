package dev.reactivesession.web;

import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The session of an exchange or a request, to be imported statically. */
public final class SessionAccess {

    private SessionAccess() {}

    /**
     * The session of an exchange, loaded when it is first subscribed.
     *
     * @param exchange the exchange
     * @return the session; a {@link SessionException.Misconfigured} error when no filter has provided one
     */
    public static Mono<Session> session(ServerWebExchange exchange) {
        Mono<Session> session = exchange.getAttribute(Session.ATTRIBUTE);
        return session == null
                ? Mono.error(() -> new SessionException.Misconfigured(
                        "this exchange has no session: is the SessionWebFilter installed?", null))
                : session;
    }

    /**
     * The session of a request, loaded when it is first subscribed.
     *
     * @param request the request
     * @return the session; a {@link SessionException.Misconfigured} error when no filter has provided one
     */
    public static Mono<Session> session(ServerRequest request) {
        return session(request.exchange());
    }
}
