package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionToken;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;

@DisplayName("A token in cookies, as many as it takes")
class CookieTransportTest {

    private static final CookieSettings ONE =
            CookieSettings.defaults().withName("s").withMaxAge(Duration.ofDays(1));

    private static final CookieSettings THREE = ONE.withChunks(3);

    private static final int MOST_IN_THREE = 7949;

    private final CookieTransport transport = new CookieTransport(THREE);

    private final MockServerHttpResponse response = new MockServerHttpResponse();

    private static MockServerHttpRequest with(Map<String, String> cookies) {
        MockServerHttpRequest.BaseBuilder<?> request = MockServerHttpRequest.get("/");
        cookies.forEach((name, value) -> request.cookie(new HttpCookie(name, value)));
        return request.build();
    }

    private static SessionToken token(int length) {
        StringBuilder token = new StringBuilder();
        for (int at = 0; at < length; at++) {
            token.append((char) ('A' + at % 26));
        }
        return new SessionToken(token.toString());
    }

    private List<SessionToken> readBack() {
        MockServerHttpRequest.BaseBuilder<?> request = MockServerHttpRequest.get("/");
        response.getCookies()
                .toSingleValueMap()
                .forEach((name, cookie) -> request.cookie(new HttpCookie(name, cookie.getValue())));
        return transport.read(request.build());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "4094, 1", "4095, 1", "4096, 2", "7948, 2", "7949, 2"})
    @DisplayName("A token is cut where a cookie is full, and comes back whole")
    void aTokenComesBackWhole(int length, int cookies) {
        transport.write(token(length), with(Map.of()), response);

        assertThat(response.getCookies()).hasSize(cookies);
        assertThat(response.getCookies().toSingleValueMap().values())
                .allSatisfy(cookie -> assertThat(
                                cookie.getName().length() + cookie.getValue().length())
                        .isLessThanOrEqualTo(CookieSettings.MOST_BYTES))
                .allSatisfy(cookie -> assertThat(cookie.getMaxAge()).isEqualTo(Duration.ofDays(1)));
        assertThat(readBack()).containsExactly(token(length));
    }

    @Test
    @DisplayName("The longest name leaves less for the token, and all cookies together stay below 8000 bytes")
    void theLongestName() {
        CookieSettings wide = THREE.withName("s".repeat(256));
        CookieTransport carrier = new CookieTransport(wide);

        carrier.write(token(wide.longestToken()), with(Map.of()), response);

        assertThat(wide.longestToken()).isEqualTo(8000 - 3 * 272);
        assertThat(response.getCookies()).containsOnlyKeys(wide.name(), wide.name() + "-2");
        assertThat(response.getCookies().toSingleValueMap().values()).allSatisfy(CookieTransportTest::fits);
        assertThat(response.getCookies().getFirst(wide.name()).getValue()).matches("2~[A-Za-z0-9_-]{8}~ABC.*");
    }

    @Test
    @DisplayName("A token that does not fit is a typed error that names the setting, and sends nothing")
    void aTokenTooLongIsATypedError() {
        assertThat(THREE.longestToken()).isEqualTo(MOST_IN_THREE);
        assertThat(ONE.longestToken()).isEqualTo(4095);
        assertThatExceptionOfType(SessionException.TooLarge.class)
                .isThrownBy(() -> transport.write(token(MOST_IN_THREE + 1), with(Map.of()), response))
                .withMessageContaining("7950")
                .withMessageContaining("7949")
                .withMessageContaining("reactive-session.sealed.chunks");
        assertThatExceptionOfType(SessionException.TooLarge.class)
                .isThrownBy(() -> new CookieTransport(ONE).write(token(4096), with(Map.of()), response));
        assertThat(response.getCookies()).isEmpty();
    }

    @Test
    @DisplayName("A shorter token removes the cookies that the client no longer needs, and no others")
    void aShorterTokenRemovesTheRest() {
        transport.write(token(10), with(Map.of("s", "3~a", "s-3", "c", "s-4", "d", "other", "e")), response);

        assertThat(response.getCookies()).containsOnlyKeys("s", "s-3");
        assertThat(response.getCookies().getFirst("s-3")).satisfies(CookieTransportTest::isRemoval);
    }

    @Test
    @DisplayName("A token written twice to one response removes what the first one needed more")
    void theSecondOfTwoTokensCounts() {
        transport.write(token(5000), with(Map.of()), response);
        transport.write(token(10), with(Map.of()), response);

        assertThat(response.getCookies().get("s"))
                .singleElement()
                .satisfies(cookie -> assertThat(cookie.getValue()).isEqualTo("ABCDEFGHIJ"));
        assertThat(response.getCookies().get("s-2")).singleElement().satisfies(CookieTransportTest::isRemoval);
    }

    @Test
    @DisplayName("A removal removes every cookie of the token that the client has")
    void aRemovalRemovesAll() {
        transport.remove(with(Map.of("s", "3~a", "s-2", "b", "s-3", "c", "s-4", "d")), response);

        assertThat(response.getCookies()).containsOnlyKeys("s", "s-2", "s-3");
        assertThat(response.getCookies().toSingleValueMap().values()).allSatisfy(CookieTransportTest::isRemoval);
    }

    private static void fits(ResponseCookie cookie) {
        assertThat(cookie.getName().length() + cookie.getValue().length())
                .isLessThanOrEqualTo(CookieSettings.MOST_BYTES);
    }

    private static void isRemoval(ResponseCookie cookie) {
        assertThat(cookie.getValue()).isEmpty();
        assertThat(cookie.getMaxAge()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4~abc", "9~abc", "1~abc", "0~abc", "2~", "2-abc", "22~abc", "x~abc"})
    @DisplayName("A value that names no number of cookies is a token as it is")
    void aValueThatIsNotCutIsAToken(String value) {
        String expected = value.startsWith("x") || !value.matches("[23]~.+") ? value : value.substring(2);

        assertThat(transport.read(with(Map.of("s", value, "s-2", "!", "s-3", "!"))))
                .containsExactly(new SessionToken(expected));
    }

    @Test
    @DisplayName("A cookie that is missing leaves a token that opens nothing, rather than an error")
    void aMissingCookieIsNoError() {
        assertThat(transport.read(with(Map.of("s", "3~abc", "s-2", "def")))).containsExactly(new SessionToken("3~abc"));
        assertThat(new CookieTransport(ONE).read(with(Map.of("s", "2~abc", "s-2", "def"))))
                .containsExactly(new SessionToken("2~abc"));
        assertThat(transport.read(with(Map.of("s-2", "def")))).isEmpty();
        assertThat(transport.varyHeader()).isEqualTo("Cookie");
    }
}
