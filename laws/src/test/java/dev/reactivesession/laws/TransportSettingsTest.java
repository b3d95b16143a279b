package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionToken;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.HeaderTransport;
import dev.reactivesession.web.SameSite;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;

@DisplayName("Law 18: settings of cookie and header, at their bounds")
class TransportSettingsTest {

    private static final CookieSettings PLAIN = CookieSettings.forPlainHttp();

    private static final CookieSettings SECURE = CookieSettings.defaults().withName("a");

    private static void refused(ThrowingCallable choice) {
        assertThatExceptionOfType(SessionException.Misconfigured.class).isThrownBy(choice);
    }

    @Test
    @DisplayName("Each choice changes one setting and keeps the others")
    void eachChoiceChangesOne() {
        CookieSettings all =
                new CookieSettings("n", "/p", "example.com", true, true, SameSite.STRICT, Duration.ofDays(2), true, 4);

        assertThat(SECURE.withName("n")
                        .withPath("/p")
                        .withDomain("example.com")
                        .withSameSite(SameSite.STRICT)
                        .withMaxAge(Duration.ofDays(2))
                        .withPartitioned(true)
                        .withChunks(4))
                .isEqualTo(all);
        assertThat(all.withChunks(1)
                        .withPartitioned(false)
                        .withMaxAge(Duration.ofDays(1))
                        .withSameSite(SameSite.NONE)
                        .withDomain("a.org")
                        .withPath("/")
                        .withName("b"))
                .isEqualTo(
                        new CookieSettings("b", "/", "a.org", true, true, SameSite.NONE, Duration.ofDays(1), false, 1));
        assertThat(PLAIN)
                .isEqualTo(new CookieSettings("session", "/", null, false, true, SameSite.LAX, null, false, 1));
    }

    @Test
    @DisplayName("The last value within a bound is taken, the first beyond it is refused")
    void bounds() {
        assertThat(PLAIN.withName("n".repeat(256)).name()).hasSize(256);
        refused(() -> PLAIN.withName("n".repeat(257)));
        assertThat(PLAIN.withPath("/" + "p".repeat(1023)).path()).hasSize(1024);
        refused(() -> PLAIN.withPath("/" + "p".repeat(1024)));
        assertThat(PLAIN.withDomain("d".repeat(1024)).domain()).hasSize(1024);
        refused(() -> PLAIN.withDomain("d".repeat(1025)));
        assertThat(PLAIN.withMaxAge(Duration.ofSeconds(1)).maxAge()).hasSeconds(1);
        refused(() -> PLAIN.withMaxAge(Duration.ofMillis(999)));
        refused(() -> PLAIN.withMaxAge(Duration.ofSeconds(-1)));
        assertThat(PLAIN.withChunks(5).chunks()).isEqualTo(5);
        refused(() -> PLAIN.withChunks(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"__Host-a", "__host-a", "__Secure-a", "__SECURE-a"})
    @DisplayName("A prefix is one in any case, as browsers have it")
    void prefixesInAnyCase(String name) {
        refused(() -> PLAIN.withName(name));
        assertThat(SECURE.withName(name).name()).isEqualTo(name);
    }

    @Test
    @DisplayName("What only the other prefix forbids is allowed")
    void eachPrefixForbidsItsOwn() {
        assertThat(SECURE.withName("__Secure-a")
                        .withPath("/shop")
                        .withDomain("example.com")
                        .domain())
                .isEqualTo("example.com");
        assertThat(SECURE.withSameSite(SameSite.NONE).withPartitioned(true).partitioned())
                .isTrue();
        assertThat(PLAIN.withSameSite(SameSite.STRICT).sameSite()).isEqualTo(SameSite.STRICT);
        refused(() -> SECURE.withDomain("example.com").withName("__Host-a"));
        refused(() -> SECURE.withPath("/shop").withName("__Host-a"));
    }

    @Test
    @DisplayName("A header has a name of 1 to 64 characters")
    void headerNames() {
        assertThat(new HeaderTransport("h".repeat(64)).varyHeader()).hasSize(64);
        refused(() -> new HeaderTransport("h".repeat(65)));
        refused(() -> new HeaderTransport(""));
        assertThatExceptionOfType(SessionException.Misconfigured.class)
                .isThrownBy(() -> new HeaderTransport("a b"))
                .withMessage(
                        "reactive-session.header.name is 'a b', but must be a header name such as X-Session-Token");
    }

    @Test
    @DisplayName("A header carries up to four tokens in, one out, and a removal is an empty one")
    void headers() {
        HeaderTransport transport = new HeaderTransport("X-Token");
        MockServerHttpResponse response = new MockServerHttpResponse();
        MockServerHttpRequest request = MockServerHttpRequest.get("/")
                .header("X-Token", "1", "2", "3", "4", "5")
                .build();

        assertThat(transport.read(request)).extracting(SessionToken::value).containsExactly("1", "2", "3", "4");
        assertThat(transport.read(MockServerHttpRequest.get("/").build())).isEmpty();
        transport.write(new SessionToken("old"), request, response);
        transport.write(new SessionToken("new"), request, response);
        assertThat(response.getHeaders().get("X-Token")).containsExactly("new");
        transport.remove(request, response);
        assertThat(response.getHeaders().get("X-Token")).containsExactly("");
    }
}
