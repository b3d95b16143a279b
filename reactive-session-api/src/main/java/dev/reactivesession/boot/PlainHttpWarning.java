package dev.reactivesession.boot;

import dev.reactivesession.SessionToken;
import dev.reactivesession.web.SessionTransport;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Says once that browsers throw away a Secure cookie that came over plain http, which otherwise looks like sessions
 * that are never kept. Browsers make an exception for this machine itself.
 */
final class PlainHttpWarning {

    private static final Logger LOG = Loggers.getLogger(PlainHttpWarning.class);

    private final AtomicBoolean said = new AtomicBoolean();

    SessionTransport around(SessionTransport transport) {
        return new Watched(transport);
    }

    private void look(URI uri) {
        if (!said.get() && "http".equals(uri.getScheme()) && !isThisMachine(uri.getHost()) && !said.getAndSet(true)) {
            LOG.warn(
                    "A Secure session cookie was sent over plain http to {}: browsers throw it away, and the session"
                            + " with it. Behind a proxy that ends TLS, set server.forward-headers-strategy=framework,"
                            + " and let the proxy send X-Forwarded-Proto; for plain http in development, set"
                            + " reactive-session.cookie.secure=false. This is said once.",
                    uri.getHost());
        }
    }

    /** Of a token that is cut into chunks, one of the cookies holds a part as it is. */
    private static boolean carriedBySecureCookie(SessionToken token, ServerHttpResponse response) {
        return response.getCookies().values().stream()
                .flatMap(List::stream)
                .filter(cookie -> !cookie.getValue().isEmpty())
                .anyMatch(cookie -> cookie.isSecure() && token.value().contains(cookie.getValue()));
    }

    private static boolean isThisMachine(@Nullable String host) {
        return host == null
                || host.equals("localhost")
                || host.endsWith(".localhost")
                || host.startsWith("127.")
                || host.equals("[::1]");
    }

    private final class Watched implements SessionTransport {

        private final SessionTransport transport;

        Watched(SessionTransport transport) {
            this.transport = transport;
        }

        @Override
        public List<SessionToken> read(ServerHttpRequest request) {
            return transport.read(request);
        }

        @Override
        public void write(SessionToken token, ServerHttpRequest request, ServerHttpResponse response) {
            transport.write(token, request, response);
            watch(token, request, response);
        }

        @Override
        public void write(
                SessionToken token, Duration remembered, ServerHttpRequest request, ServerHttpResponse response) {
            transport.write(token, remembered, request, response);
            watch(token, request, response);
        }

        private void watch(SessionToken token, ServerHttpRequest request, ServerHttpResponse response) {
            if (carriedBySecureCookie(token, response)) {
                look(request.getURI());
            }
        }

        @Override
        public void remove(ServerHttpRequest request, ServerHttpResponse response) {
            transport.remove(request, response);
        }

        @Override
        public String varyHeader() {
            return transport.varyHeader();
        }
    }
}
