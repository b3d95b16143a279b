package dev.reactivesession.web;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.MultiValueMap;

/**
 * Carries the token in a cookie. A token too long for one is cut into chunks, where that is switched on: the first cookie holds {@code n~} and the first
 * chunk, the cookies {@code name-2} to {@code name-n} the rest.
 */
public final class CookieTransport implements SessionTransport {

    private static final char CHUNKED = '~';

    private final CookieSettings settings;

    /**
     * Carries tokens in a cookie of these settings.
     *
     * @param settings the attributes of the cookie
     */
    public CookieTransport(CookieSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<SessionToken> read(ServerHttpRequest request) {
        MultiValueMap<String, HttpCookie> cookies = request.getCookies();
        List<HttpCookie> ours = cookies.get(settings.name());
        if (ours == null || ours.isEmpty()) {
            return List.of();
        }
        return ours.size() == 1
                ? List.of(token(ours.get(0), cookies))
                : ours.stream()
                        .limit(CookieSettings.MOST_TRIED)
                        .map(cookie -> token(cookie, cookies))
                        .toList();
    }

    private SessionToken token(HttpCookie cookie, MultiValueMap<String, HttpCookie> cookies) {
        String value = cookie.getValue();
        int count = chunkCount(value);
        return new SessionToken(count < 2 ? value : value.substring(2) + rest(count, cookies));
    }

    private int chunkCount(String value) {
        boolean chunked = settings.chunks() > 1 && value.length() > 2 && value.charAt(1) == CHUNKED;
        int count = chunked ? value.charAt(0) - '0' : 1;
        return count <= settings.chunks() ? count : 1;
    }

    private String rest(int count, MultiValueMap<String, HttpCookie> cookies) {
        StringBuilder rest = new StringBuilder();
        for (int chunk = 2; chunk <= count; chunk++) {
            HttpCookie cookie = cookies.getFirst(chunkName(chunk));
            rest.append(cookie == null ? "" : cookie.getValue());
        }
        return rest.toString();
    }

    private String chunkName(int chunk) {
        return chunk == 1 ? settings.name() : settings.name() + "-" + chunk;
    }

    @Override
    public void write(SessionToken token, ServerHttpRequest request, ServerHttpResponse response) {
        List<String> values = cut(token.value());
        for (int chunk = 1; chunk <= values.size(); chunk++) {
            set(response, cookie(chunkName(chunk), values.get(chunk - 1), settings.maxAge()));
        }
        removeFrom(values.size() + 1, request, response);
    }

    private List<String> cut(String value) {
        if (value.length() > settings.longestToken()) {
            throw new SessionException.TooLarge(
                    "the session cookie would need " + value.length() + " characters, but at most "
                            + settings.longestToken() + " fit (reactive-session.sealed.chunks)",
                    Map.of());
        }
        if (value.length() + settings.name().length() <= CookieSettings.MOST_BYTES) {
            return List.of(value);
        }
        int size = settings.charactersInChunk();
        List<String> chunks = new ArrayList<>();
        for (int start = 0; start < value.length(); start += size) {
            chunks.add(value.substring(start, Math.min(start + size, value.length())));
        }
        chunks.set(0, Integer.toString(chunks.size()) + CHUNKED + chunks.get(0));
        return chunks;
    }

    @Override
    public void remove(ServerHttpRequest request, ServerHttpResponse response) {
        set(response, cookie(settings.name(), "", Duration.ZERO));
        removeFrom(2, request, response);
    }

    /** Stale chunks are told apart by name, and only those are removed that the client or this response has. */
    private void removeFrom(int first, ServerHttpRequest request, ServerHttpResponse response) {
        for (int chunk = first; chunk <= settings.chunks(); chunk++) {
            String name = chunkName(chunk);
            if (request.getCookies().containsKey(name) || response.getCookies().containsKey(name)) {
                set(response, cookie(name, "", Duration.ZERO));
            }
        }
    }

    private static void set(ServerHttpResponse response, ResponseCookie cookie) {
        response.getCookies().set(cookie.getName(), cookie);
    }

    private ResponseCookie cookie(String name, String value, @Nullable Duration maxAge) {
        return ResponseCookie.from(name, value)
                .path(settings.path())
                .domain(settings.domain())
                .secure(settings.secure())
                .httpOnly(settings.httpOnly())
                .sameSite(settings.sameSite().value())
                .partitioned(settings.partitioned())
                .maxAge(maxAge == null ? Duration.ofSeconds(-1) : maxAge)
                .build();
    }

    @Override
    public String varyHeader() {
        return "Cookie";
    }
}
