package dev.reactivesession.security;

import java.net.URI;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.web.server.savedrequest.ServerRequestCache;
import org.springframework.security.web.server.savedrequest.WebSessionServerRequestCache;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Mono;

/**
 * Remembers where a visitor wanted to go before the login, until the redirect after it. {@link
 * WebSessionServerRequestCache} keeps the note until the request comes back, and so has to look into the session of
 * every request there is; here the redirect takes it, and a request that never asks for its session costs nothing.
 */
public final class RedirectRequestCache implements ServerRequestCache {

    private static final String ATTRIBUTE = "SPRING_SECURITY_SAVED_REQUEST";

    private final WebSessionServerRequestCache saved = new WebSessionServerRequestCache();

    /** Remembers page views: GET requests for HTML. */
    public RedirectRequestCache() {}

    @Override
    public Mono<Void> saveRequest(ServerWebExchange exchange) {
        return saved.saveRequest(exchange);
    }

    @Override
    public Mono<URI> getRedirectUri(ServerWebExchange exchange) {
        return saved.getRedirectUri(exchange)
                .delayUntil(uri -> exchange.getSession().doOnNext(RedirectRequestCache::forget));
    }

    private static void forget(WebSession session) {
        session.getAttributes().remove(ATTRIBUTE);
    }

    /** Nothing to do: all that is remembered is a path, which the request that comes back has itself. */
    @Override
    public Mono<ServerHttpRequest> removeMatchingRequest(ServerWebExchange exchange) {
        return Mono.empty();
    }
}
