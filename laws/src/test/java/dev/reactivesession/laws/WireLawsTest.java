package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.HeaderTransport;
import dev.reactivesession.web.SameSite;
import dev.reactivesession.web.SessionAccess;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.ServerResponse;

@DisplayName("Laws on the wire")
class WireLawsTest {

    private final Application application = new Application();

    private final Visitor writer = application.visitorDoing(session -> session.put("a", 1));

    private Visitor.Answer then(Visitor visitor, Consumer<Session> use) {
        return visitor.at(application.visitorDoing(use)).visit();
    }

    @Test
    @DisplayName("Law 16: a cookie is sent when created, rotated and removed, never for a read, a write or a touch")
    void aCookieIsSentOnlyWhenNeeded() {
        assertThat(then(writer, session -> session.get("a")).cookie())
                .as("empty")
                .isNull();
        assertThat(writer.visit().cookie()).as("created").isNotNull();
        assertThat(then(writer, session -> session.get("a")).cookie())
                .as("read")
                .isNull();
        assertThat(then(writer, session -> session.put("a", 2)).cookie())
                .as("written")
                .isNull();
        application.clock.advance(Duration.ofMinutes(5));
        assertThat(then(writer, session -> session.get("a")).cookie())
                .as("touched")
                .isNull();
        assertThat(writer.at(application.visitorDoing(Session::rotate)).visit().cookie())
                .as("rotated")
                .isNotNull();
    }

    @Test
    @DisplayName(
            "Law 17: what sends or removes the cookie is not to be cached; what looked at the session varies by cookie")
    void cachingHeaders() {
        Visitor.Answer created = writer.visit();
        Visitor.Answer read = then(writer, session -> session.get("a"));
        Visitor.Answer removed = then(writer, Session::invalidate);

        assertThat(created.headers().getCacheControl()).isEqualTo("no-store");
        assertThat(read.headers().getCacheControl()).isNull();
        assertThat(removed.headers().getCacheControl()).isEqualTo("no-store");
        assertThat(List.of(created, read, removed))
                .allSatisfy(answer -> assertThat(answer.headers().getVary()).containsExactly("Cookie"));
    }

    @Test
    @DisplayName("Law 17: Vary is merged with the application's own, not duplicated, and its Cache-Control gives way")
    void varyIsMerged() {
        Visitor.Answer answer = application
                .visitor(request -> SessionAccess.session(request)
                        .doOnNext(session -> session.put("a", 1))
                        .flatMap(session -> session.save().thenReturn(session))
                        .flatMap(session -> ServerResponse.ok()
                                .header(HttpHeaders.VARY, "Accept-Language, cookie")
                                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=600")
                                .bodyValue("done")))
                .visit();

        assertThat(answer.headers().getVary()).containsExactly("Accept-Language", "cookie");
        assertThat(answer.headers().getCacheControl()).isEqualTo("no-store");
    }

    @Test
    @DisplayName("Law 17: Vary names the cookie beside what the application names")
    void varyIsAddedTo() {
        Visitor.Answer answer = application
                .visitor(request -> SessionAccess.session(request)
                        .flatMap(session -> ServerResponse.ok()
                                .header(HttpHeaders.VARY, "Accept-Language", "Origin")
                                .bodyValue("done")))
                .visit();

        assertThat(answer.headers().getVary()).containsExactly("Accept-Language", "Origin", "Cookie");
    }

    @Test
    @DisplayName("Law 17: what varies by everything varies by the cookie already")
    void varyByEverythingStays() {
        Visitor.Answer answer = application
                .visitor(request -> SessionAccess.session(request)
                        .flatMap(session -> ServerResponse.ok()
                                .header(HttpHeaders.VARY, "*")
                                .bodyValue("done")))
                .visit();

        assertThat(answer.headers().get(HttpHeaders.VARY)).containsExactly("*");
    }

    @Test
    @DisplayName("Law 17: a removal repeats every attribute of the cookie")
    void aRemovalRepeatsEveryAttribute() {
        CookieSettings settings = new CookieSettings(
                "shop", "/shop", "example.com", true, true, SameSite.NONE, Duration.ofDays(30), true, 1);
        Application shop = new Application(UnaryOperator.identity(), new CookieTransport(settings));
        Visitor visitor = new Visitor(
                shop.client(request -> SessionAccess.session(request)
                        .doOnNext(session -> {
                            if (session.isNew()) {
                                session.put("a", 1);
                            } else {
                                session.invalidate();
                            }
                        })
                        .flatMap(session -> ServerResponse.ok().build())),
                shop.failures,
                "shop");

        ResponseCookie sent = visitor.visit().cookie();
        ResponseCookie removed = visitor.visit().cookie();

        assertThat(sent.getMaxAge()).isEqualTo(Duration.ofDays(30));
        assertThat(removed.getMaxAge()).isZero();
        assertThat(removed.getValue()).isEmpty();
        assertThat(List.of(sent, removed)).allSatisfy(cookie -> {
            assertThat(cookie.getPath()).isEqualTo("/shop");
            assertThat(cookie.getDomain()).isEqualTo("example.com");
            assertThat(cookie.isSecure()).isTrue();
            assertThat(cookie.isHttpOnly()).isTrue();
            assertThat(cookie.getSameSite()).isEqualTo("None");
            assertThat(cookie.isPartitioned()).isTrue();
        });
    }

    @Test
    @DisplayName("Law 18: the defaults are safe")
    void theDefaultsAreSafe() {
        ResponseCookie cookie = writer.visit().cookie();

        assertThat(cookie.getName()).isEqualTo("__Host-session");
        assertThat(cookie.getValue()).matches("[A-Za-z0-9_-]{64}");
        assertThat(cookie.getPath()).isEqualTo("/");
        assertThat(cookie.getDomain()).isNull();
        assertThat(cookie.isSecure()).isTrue();
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo("Lax");
        assertThat(cookie.getMaxAge()).isNegative();
    }

    @Test
    @DisplayName(
            "Law 18: what contradicts the prefix, or a browser would ignore, fails at the start and names the setting")
    void contradictionsFailAtTheStart() {
        CookieSettings safe = CookieSettings.defaults();

        refused("domain", () -> safe.withDomain("example.com"));
        refused("path", () -> safe.withPath("/shop"));
        refused("path", () -> safe.withName("a").withPath("shop"));
        refused("path", () -> safe.withName("a").withPath("/" + "a".repeat(1024)));
        refused("domain", () -> safe.withName("a").withDomain("exa mple"));
        refused("name", () -> safe.withName("a b"));
        refused("name", () -> safe.withName(""));
        refused("max-age", () -> safe.withMaxAge(Duration.ofDays(400).plusSeconds(1)));
        refused("max-age", () -> safe.withMaxAge(Duration.ZERO));
        assertThatExceptionOfType(SessionException.Misconfigured.class)
                .isThrownBy(() -> safe.withChunks(6))
                .withMessageContaining("reactive-session.sealed.chunks is '6'");
        refused("secure", () -> new CookieSettings("__Secure-a", "/", null, false, true, SameSite.LAX, null, false, 1));
        refused("same-site", () -> CookieSettings.forPlainHttp().withSameSite(SameSite.NONE));
        refused("partitioned", () -> CookieSettings.forPlainHttp().withPartitioned(true));
        assertThat(safe.withMaxAge(Duration.ofDays(400)).maxAge()).hasSeconds(34_560_000);
    }

    private static void refused(String setting, ThrowingCallable choice) {
        assertThatExceptionOfType(SessionException.Misconfigured.class)
                .isThrownBy(choice)
                .withMessageContaining("reactive-session.cookie." + setting + " is '");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    @DisplayName("S18: a shadowing cookie of the same name does not hide the valid one among the first four")
    void aShadowedTokenIsFound(int before) {
        writer.visit();
        application.forgetCalls();

        WebTestClient.RequestHeadersSpec<?> request = application
                .client(served -> SessionAccess.session(served)
                        .flatMap(session -> ServerResponse.ok().bodyValue(String.valueOf(session.<Object>get("a")))))
                .get()
                .uri("/");
        for (int shadow = 0; shadow < before; shadow++) {
            request.cookie(
                    Application.COOKIE, String.valueOf((char) ('A' + shadow)).repeat(64));
        }
        request.cookie(Application.COOKIE, String.valueOf(writer.token()));

        request.exchange().expectBody(String.class).isEqualTo("1");
        assertThat(application.calls()).hasSize(before + 1);
    }

    @Test
    @DisplayName("S18: no more than four are tried")
    void noMoreThanFourAreTried() {
        WebTestClient.RequestHeadersSpec<?> request = application
                .client(served -> SessionAccess.session(served)
                        .flatMap(session -> ServerResponse.ok().build()))
                .get()
                .uri("/");
        for (int shadow = 0; shadow < 10; shadow++) {
            request.cookie(
                    Application.COOKIE, String.valueOf((char) ('A' + shadow)).repeat(64));
        }

        request.exchange().expectStatus().isOk();

        assertThat(application.calls()).hasSize(4);
    }

    @Test
    @DisplayName("A header carries the token as well, for clients without cookies")
    void aHeaderCarriesTheToken() {
        Application api = new Application(UnaryOperator.identity(), new HeaderTransport(HeaderTransport.DEFAULT_NAME));
        WebTestClient client = api.client(request -> SessionAccess.session(request)
                .doOnNext(session -> session.compute("n", n -> n == null ? 1 : (Integer) n + 1))
                .flatMap(session -> ServerResponse.ok().bodyValue(String.valueOf(session.<Object>get("n")))));

        String token = client.get()
                .uri("/")
                .exchange()
                .expectHeader()
                .valueEquals(HttpHeaders.VARY, HeaderTransport.DEFAULT_NAME)
                .returnResult(String.class)
                .getResponseHeaders()
                .getFirst(HeaderTransport.DEFAULT_NAME);

        client.get()
                .uri("/")
                .header(HeaderTransport.DEFAULT_NAME, token)
                .exchange()
                .expectHeader()
                .doesNotExist(HeaderTransport.DEFAULT_NAME)
                .expectBody(String.class)
                .isEqualTo("2");
    }
}
