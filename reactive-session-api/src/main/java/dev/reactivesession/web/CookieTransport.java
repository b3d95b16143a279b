package dev.reactivesession.web;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionToken;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.MultiValueMap;

/**
 * Carries the token in a cookie. A token too long for one is cut into chunks, where that is switched on: the first
 * one in the cookie {@code name}, the others in {@code name-2} to {@code name-n}. A chunk belongs to one token and to
 * no other.
 *
 * <p>A request may hold several cookies of the name: a more specific path, or another host of the site, has set them.
 * Of those that can be a token at all, each different one counts once, and the last {@link CookieSettings#MOST_TRIED}
 * are tried in their order, which puts the most general path and the newest last. One that can be no token comes after
 * them: it opens nothing, and says that another application uses the name. A host that can plant more than that can
 * hide the session, not take it over; a cookie whose name begins with {@code __Host-} cannot be planted.
 */
public final class CookieTransport implements SessionTransport {

    private static final int SHORTEST_TOKEN = 64;

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
                ? List.of(new SessionToken(token(ours.get(0).getValue(), cookies)))
                : candidates(ours, cookies).stream().map(SessionToken::new).toList();
    }

    private List<String> candidates(List<HttpCookie> ours, MultiValueMap<String, HttpCookie> cookies) {
        List<String> values = ours.stream()
                .map(cookie -> token(cookie.getValue(), cookies))
                .distinct()
                .toList();
        List<String> tokens =
                values.stream().filter(CookieTransport::canBeToken).toList();
        Stream<String> foreign =
                values.stream().filter(value -> !canBeToken(value)).limit(1);
        return Stream.concat(tokens.stream().skip(Math.max(0, tokens.size() - CookieSettings.MOST_TRIED)), foreign)
                .toList();
    }

    /** Base64 with the alphabet for URLs; anything else costs no look into a store. */
    private static boolean canBeToken(String value) {
        return value.length() >= SHORTEST_TOKEN
                && value.chars()
                        .allMatch(character -> (character >= 'a' && character <= 'z')
                                || (character >= 'A' && character <= 'Z')
                                || (character >= '0' && character <= '9')
                                || character == '-'
                                || character == '_');
    }

    /** Chunks that do not belong together leave the value as it is, which is no token. */
    private String token(String value, MultiValueMap<String, HttpCookie> cookies) {
        int count = ChunkedToken.count(value, settings.chunks());
        if (count == 1) {
            return value;
        }
        String joined = ChunkedToken.join(value, count, chunk -> values(cookies.get(chunkName(chunk))));
        return joined == null ? value : joined;
    }

    private static List<String> values(@Nullable List<HttpCookie> cookies) {
        return cookies == null
                ? List.of()
                : cookies.stream().map(HttpCookie::getValue).toList();
    }

    private String chunkName(int chunk) {
        return chunk == 1 ? settings.name() : settings.name() + "-" + chunk;
    }

    @Override
    public void write(SessionToken token, ServerHttpRequest request, ServerHttpResponse response) {
        write(token, settings.maxAge(), request, response);
    }

    @Override
    public void write(
            SessionToken token, @Nullable Duration maxAge, ServerHttpRequest request, ServerHttpResponse response) {
        List<String> values = cut(token.value());
        for (int chunk = 1; chunk <= values.size(); chunk++) {
            set(response, cookie(chunkName(chunk), values.get(chunk - 1), maxAge));
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
        return ChunkedToken.cut(value, settings.charactersInChunk());
    }

    @Override
    public void remove(ServerHttpRequest request, ServerHttpResponse response) {
        set(response, cookie(settings.name(), "", Duration.ZERO));
        removeFrom(2, request, response);
    }

    /** Removes stale chunks by their name, and only those that the client or this response has. */
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
