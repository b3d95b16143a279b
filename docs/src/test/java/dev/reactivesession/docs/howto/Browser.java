package dev.reactivesession.docs.howto;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseCookie;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.BodyInserters;

/** One browser: it keeps the cookies of a host, which are the same for all ports of it. */
final class Browser {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, String> cookies = new LinkedHashMap<>();

    /** What came back. */
    record Answer(int status, String body, HttpHeaders headers, List<ResponseCookie> cookies) {}

    Map<String, String> cookies() {
        return cookies;
    }

    Answer get(String address, String... headers) {
        return answered(client(address).get().headers(sent -> fill(sent, headers)));
    }

    Answer put(String address) {
        return answered(client(address).put().headers(sent -> fill(sent)));
    }

    Answer post(String address, MultiValueMap<String, String> form) {
        return answered(client(address)
                .method(HttpMethod.POST)
                .headers(sent -> fill(sent))
                .body(BodyInserters.fromFormData(form)));
    }

    private static WebTestClient client(String address) {
        return WebTestClient.bindToServer()
                .baseUrl(address)
                .responseTimeout(PATIENCE)
                .build();
    }

    private void fill(HttpHeaders sent, String... more) {
        cookies.forEach((name, value) -> sent.add(HttpHeaders.COOKIE, name + "=" + value));
        for (int i = 0; i < more.length; i += 2) {
            sent.set(more[i], more[i + 1]);
        }
    }

    private Answer answered(WebTestClient.RequestHeadersSpec<?> request) {
        EntityExchangeResult<String> result =
                request.exchange().expectBody(String.class).returnResult();
        List<ResponseCookie> sent = result.getResponseCookies().values().stream()
                .flatMap(List::stream)
                .toList();
        sent.forEach(this::keep);
        String body = Objects.requireNonNullElse(result.getResponseBody(), "");
        return new Answer(result.getStatus().value(), body, result.getResponseHeaders(), sent);
    }

    private void keep(ResponseCookie cookie) {
        if (cookie.getMaxAge().isZero()) {
            cookies.remove(cookie.getName());
        } else {
            cookies.put(cookie.getName(), cookie.getValue());
        }
    }
}
