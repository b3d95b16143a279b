package dev.reactivesession.test.web;

import dev.reactivesession.SessionToken;
import dev.reactivesession.web.SessionTransport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.util.MultiValueMap;

/**
 * The things a client keeps between two requests: cookies as a browser does, or the value of the header that carries
 * tokens.
 */
final class CookieJar {

    private static final String COOKIE = "Cookie";

    private final SessionTransport transport;

    private final Map<String, String> cookies = new ConcurrentHashMap<>();

    private volatile @Nullable String header;

    CookieJar(SessionTransport transport) {
        this.transport = transport;
    }

    /** The tokens that the next request would present. */
    List<SessionToken> tokens() {
        return transport.read(request());
    }

    void take(SessionToken token) {
        MockServerHttpResponse response = new MockServerHttpResponse();
        transport.write(token, request(), response);
        take(response.getCookies(), response.getHeaders());
    }

    void forgetToken() {
        MockServerHttpResponse response = new MockServerHttpResponse();
        transport.remove(request(), response);
        take(response.getCookies(), response.getHeaders());
    }

    void take(MultiValueMap<String, ResponseCookie> received, HttpHeaders headers) {
        received.values().forEach(sameName -> sameName.forEach(this::take));
        String value = headers.getFirst(transport.varyHeader());
        if (!isCookie() && value != null) {
            header = value.isEmpty() ? null : value;
        }
    }

    private void take(ResponseCookie cookie) {
        if (cookie.getMaxAge().isZero()) {
            cookies.remove(cookie.getName());
        } else {
            cookies.put(cookie.getName(), cookie.getValue());
        }
    }

    void addCookies(MultiValueMap<String, String> request) {
        cookies.forEach(request::addIfAbsent);
    }

    void addHeader(HttpHeaders request) {
        String value = header;
        if (value != null && !request.containsHeader(transport.varyHeader())) {
            request.set(transport.varyHeader(), value);
        }
    }

    private boolean isCookie() {
        return transport.varyHeader().equalsIgnoreCase(COOKIE);
    }

    private MockServerHttpRequest request() {
        MockServerHttpRequest.BaseBuilder<?> request = MockServerHttpRequest.get("/");
        cookies.forEach((name, value) -> request.cookie(new HttpCookie(name, value)));
        String value = header;
        if (value != null) {
            request.header(transport.varyHeader(), value);
        }
        return request.build();
    }
}
