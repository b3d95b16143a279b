package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.test.StoreOperation;
import dev.reactivesession.web.SessionAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.ServerResponse;

@DisplayName("A cookie that opens nothing")
class StaleCookieTest {

    private final Application application = new Application();

    private Visitor reader() {
        return application.visitorOf(session -> session.get("a"));
    }

    private String storedToken() {
        Visitor writer = application.visitorDoing(session -> session.put("a", 1));
        writer.visit();
        return writer.token();
    }

    @Test
    @DisplayName("of a session that has expired is removed when it was looked at")
    void expired() {
        String token = storedToken();
        application.clock.advance(Duration.ofMinutes(30));

        Visitor.Answer answer = reader().withToken(token).visit();

        assertThat(answer.cookie()).isNotNull();
        assertThat(answer.cookie().getMaxAge()).isZero();
    }

    @Test
    @DisplayName("of a session that was ended is removed when it was looked at")
    void ended() {
        String token = storedToken();
        application.sessions().terminate(application.onlyId()).block(Duration.ofSeconds(10));

        Visitor.Answer answer = reader().withToken(token).visit();

        assertThat(answer.cookie()).isNotNull();
        assertThat(answer.cookie().getMaxAge()).isZero();
    }

    @Test
    @DisplayName("is replaced, not removed, when the request begins a session")
    void replaced() {
        String token = storedToken();
        application.clock.advance(Duration.ofMinutes(30));

        Visitor.Answer answer = application
                .visitorDoing(session -> session.put("b", 1))
                .withToken(token)
                .visit();

        assertThat(answer.cookie().getMaxAge()).isNegative();
        assertThat(answer.cookie().getValue()).isNotEmpty();
    }

    @Test
    @DisplayName("of another application under the same name stays")
    void ofAnother() {
        Visitor.Answer answer =
                reader().withToken("5d41402abc4b2a76b9719d911017c592").visit();

        assertThat(answer.cookie()).isNull();
    }

    @Test
    @DisplayName("stays when the request never looked at its session")
    void untouched() {
        String token = storedToken();
        application.clock.advance(Duration.ofMinutes(30));

        assertThat(application.visitor(Application::ok).withToken(token).visit().cookie())
                .isNull();
    }

    @Test
    @DisplayName("is removed with no-store, like every removal")
    void notCached() {
        Visitor.Answer answer = reader().withToken("A".repeat(64)).visit();

        assertThat(answer.headers().getCacheControl()).isEqualTo("no-store");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("because another request replaced its token stays: the visitor may hold the new one already")
    void replacedToken(boolean login) {
        String before = storedToken();
        application
                .visitorDoing(session -> {
                    if (login) {
                        session.login("alice");
                    } else {
                        session.rotate();
                    }
                })
                .withToken(before)
                .visit();

        assertThat(reader().withToken(before).visit().cookie()).isNull();
    }

    @Test
    @DisplayName("with a wrong secret stays")
    void forged() {
        byte[] token = Base64.getUrlDecoder().decode(storedToken());
        token[token.length - 1] ^= 1;
        String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(token);

        assertThat(reader().withToken(forged).visit().cookie()).isNull();
    }

    @Test
    @DisplayName("because its stored form cannot be read stays: an older version of the application may read it")
    void unreadable() {
        String token = storedToken();
        application.replacePayload("no payload");

        assertThat(reader().withToken(token).visit().cookie()).isNull();
    }

    @Test
    @DisplayName("stays when the store is away, and is not removed by the answer that says so")
    void away() {
        String token = storedToken();
        application.failNext(StoreOperation.FIND);

        Visitor.Answer answer = reader().withToken(token).visitFailing(SessionException.Unavailable.class);

        assertThat(answer.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE.value());
        assertThat(answer.cookie()).isNull();
    }

    @Test
    @DisplayName("stays when the session that was to replace it could not be stored")
    void notReplaced() {
        String token = storedToken();
        application.clock.advance(Duration.ofMinutes(30));
        application.failNext(StoreOperation.INSERT);

        Visitor.Answer answer = application
                .visitorDoing(session -> session.put("b", 1))
                .withToken(token)
                .visitFailing(SessionException.Unavailable.class);

        assertThat(answer.cookie()).isNull();
    }

    @Test
    @DisplayName("beside one that opens the session stays")
    void besideAGoodOne() {
        assertThat(cookiesAfter(List.of("A".repeat(64), storedToken()))).isEmpty();
    }

    @Test
    @DisplayName("beside one that is not known to be stale stays")
    void besideAForeignOne() {
        String another = "5d41402abc4b2a76b9719d911017c592";

        assertThat(cookiesAfter(List.of("A".repeat(64), another))).isEmpty();
        assertThat(cookiesAfter(List.of(another, "A".repeat(64)))).isEmpty();
    }

    @Test
    @DisplayName("beside others that are all stale is removed, once")
    void amongStaleOnes() {
        assertThat(cookiesAfter(List.of("A".repeat(64), "B".repeat(64), "C".repeat(64))))
                .singleElement()
                .satisfies(cookie -> assertThat(cookie.getMaxAge()).isZero());
    }

    private List<ResponseCookie> cookiesAfter(List<String> tokens) {
        WebTestClient.RequestHeadersSpec<?> request = application
                .client(served -> SessionAccess.session(served)
                        .flatMap(session -> ServerResponse.ok().bodyValue(String.valueOf(session.<Object>get("a")))))
                .get()
                .uri("/");
        tokens.forEach(token -> request.cookie(Application.COOKIE, token));
        List<ResponseCookie> sent = request.exchange()
                .expectStatus()
                .isOk()
                .returnResult(String.class)
                .getResponseCookies()
                .get(Application.COOKIE);
        return sent == null ? List.of() : new ArrayList<>(sent);
    }

    @Test
    @DisplayName("is removed once when the request ends the session that it does not have")
    void endedAgain() {
        String token = storedToken();
        application.clock.advance(Duration.ofMinutes(30));

        Visitor.Answer answer =
                application.visitorDoing(Session::invalidate).withToken(token).visit();

        assertThat(answer.result().getResponseCookies().get(Application.COOKIE)).hasSize(1);
    }
}
