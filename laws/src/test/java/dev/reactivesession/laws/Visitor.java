package dev.reactivesession.laws;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A browser with one cookie. */
final class Visitor {

    private final WebTestClient client;

    private final Failures failures;

    private final String cookieName;

    private @Nullable String token;

    Visitor(WebTestClient client, Failures failures, String cookieName) {
        this.client = client;
        this.failures = failures;
        this.cookieName = cookieName;
    }

    /** The same browser at another handler. */
    Visitor at(Visitor other) {
        Visitor moved = new Visitor(other.client, other.failures, cookieName);
        moved.token = token;
        return moved;
    }

    Visitor withToken(@Nullable String value) {
        Visitor copy = new Visitor(client, failures, cookieName);
        copy.token = value;
        return copy;
    }

    @Nullable
    String token() {
        return token;
    }

    /** Visits, and fails with whatever failed in the application. */
    Answer visit() {
        Answer answer = exchanged();
        failures.rethrow();
        return answer;
    }

    /** Visits, and fails unless the application did so, with this error and no other. */
    Answer visitFailing(Class<? extends Throwable> expected) {
        Answer answer = exchanged();
        failures.require(expected);
        return answer;
    }

    /** Visits from within a handler, which may not wait. */
    Mono<Answer> visiting() {
        return Mono.fromCallable(this::visit).subscribeOn(Schedulers.boundedElastic());
    }

    private Answer exchanged() {
        failures.forget();
        WebTestClient.RequestHeadersSpec<?> request = client.get().uri("/");
        if (token != null) {
            request.cookie(cookieName, token);
        }
        EntityExchangeResult<String> result =
                request.exchange().expectBody(String.class).returnResult();
        Answer answer = new Answer(result, cookieName);
        ResponseCookie cookie = answer.cookie();
        if (cookie != null) {
            token = cookie.getMaxAge().isZero() ? null : cookie.getValue();
        }
        return answer;
    }

    record Answer(EntityExchangeResult<String> result, String cookieName) {

        int status() {
            return result.getStatus().value();
        }

        @Nullable
        String body() {
            return result.getResponseBody();
        }

        HttpHeaders headers() {
            return result.getResponseHeaders();
        }

        @Nullable
        ResponseCookie cookie() {
            List<ResponseCookie> cookies = result.getResponseCookies().get(cookieName);
            return cookies == null ? null : cookies.get(0);
        }
    }
}
