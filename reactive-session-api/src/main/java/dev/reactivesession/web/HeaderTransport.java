package dev.reactivesession.web;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionToken;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Carries the token in a header of request and response, for clients that keep it themselves. An empty header means:
 * forget it.
 */
public final class HeaderTransport implements SessionTransport {

    /** The header used when none is named. */
    public static final String DEFAULT_NAME = "X-Session-Token";

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}");

    private final String name;

    /**
     * Carries tokens in a header.
     *
     * @param name its name, such as {@link #DEFAULT_NAME}
     */
    public HeaderTransport(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new SessionException.Misconfigured(
                    "reactive-session.header.name is '" + name + "', but must be a header name such as " + DEFAULT_NAME,
                    null);
        }
        this.name = name;
    }

    @Override
    public List<SessionToken> read(ServerHttpRequest request) {
        List<String> values = request.getHeaders().get(name);
        return values == null
                ? List.of()
                : values.stream()
                        .limit(CookieSettings.MOST_TRIED)
                        .map(SessionToken::new)
                        .toList();
    }

    @Override
    public void write(SessionToken token, ServerHttpRequest request, ServerHttpResponse response) {
        response.getHeaders().set(name, token.value());
    }

    @Override
    public void remove(ServerHttpRequest request, ServerHttpResponse response) {
        response.getHeaders().set(name, "");
    }

    @Override
    public String varyHeader() {
        return name;
    }
}
