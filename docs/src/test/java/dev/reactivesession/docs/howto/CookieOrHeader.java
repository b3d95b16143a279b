package dev.reactivesession.docs.howto;

import dev.reactivesession.SessionToken;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.HeaderTransport;
import dev.reactivesession.web.SessionTransport;
import java.util.List;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;

@Component
class CookieOrHeader implements SessionTransport {

    private final SessionTransport cookie;

    private final SessionTransport header = new HeaderTransport(HeaderTransport.DEFAULT_NAME);

    CookieOrHeader(CookieSettings settings) {
        cookie = new CookieTransport(settings);
    }

    private SessionTransport of(ServerHttpRequest request) {
        return request.getHeaders().containsHeader(HeaderTransport.DEFAULT_NAME) ? header : cookie;
    }

    @Override
    public List<SessionToken> read(ServerHttpRequest request) {
        return of(request).read(request);
    }

    @Override
    public void write(SessionToken token, ServerHttpRequest request, ServerHttpResponse response) {
        of(request).write(token, request, response);
    }

    @Override
    public void remove(ServerHttpRequest request, ServerHttpResponse response) {
        of(request).remove(request, response);
    }

    @Override
    public String varyHeader() {
        return cookie.varyHeader() + ", " + header.varyHeader();
    }
}
