package dev.reactivesession.web;

import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * The answer as it was before the handler of an exchange began. When the session cannot be saved, an error replaces the
 * answer of the handler, and carries nothing of it.
 */
final class AnswerSoFar {

    private static final String CHUNKED_BODY = "chunked";

    private static final AnswerSoFar NOTHING = new AnswerSoFar(new HttpHeaders(), new LinkedMultiValueMap<>());

    /** Reactor Netty begins every answer with this header. Most exchanges share this value. */
    private static final AnswerSoFar CHUNKED = new AnswerSoFar(chunked(), new LinkedMultiValueMap<>());

    private final HttpHeaders headers;

    private final MultiValueMap<String, ResponseCookie> cookies;

    private AnswerSoFar(HttpHeaders headers, MultiValueMap<String, ResponseCookie> cookies) {
        this.headers = headers;
        this.cookies = cookies;
    }

    static AnswerSoFar of(ServerHttpResponse response) {
        HttpHeaders headers = response.getHeaders();
        if (response.getCookies().isEmpty()) {
            if (headers.isEmpty()) {
                return NOTHING;
            }
            if (headers.size() == 1 && CHUNKED_BODY.equals(headers.getFirst(HttpHeaders.TRANSFER_ENCODING))) {
                return CHUNKED;
            }
        }
        return new AnswerSoFar(HttpHeaders.copyOf(headers), new LinkedMultiValueMap<>(response.getCookies()));
    }

    private static HttpHeaders chunked() {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.TRANSFER_ENCODING, CHUNKED_BODY);
        return headers;
    }

    void restore(ServerHttpResponse response) {
        HttpHeaders now = response.getHeaders();
        List.copyOf(now.headerNames()).stream()
                .filter(name -> !isAboutAccess(name))
                .forEach(now::remove);
        headers.forEach(now::put);
        response.getCookies().clear();
        response.getCookies().putAll(cookies);
    }

    /** Without these, a script of another origin could not even see the error. */
    private static boolean isAboutAccess(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("access-control-") || lower.equals("vary");
    }
}
