package dev.reactivesession.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionToken;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;

/** S18 and E20: cookies that another host of the site has planted beside ours, where the name has no prefix. */
class SeveralCookiesTest {

    private static final CookieSettings SETTINGS = CookieSettings.forPlainHttp().withChunks(3);

    private final CookieTransport transport = new CookieTransport(SETTINGS);

    private static String token(char character, int length) {
        return String.valueOf(character).repeat(length);
    }

    private List<HttpCookie> written(String token) {
        MockServerHttpResponse response = new MockServerHttpResponse();
        transport.write(new SessionToken(token), MockServerHttpRequest.get("/").build(), response);
        return response.getCookies().values().stream()
                .flatMap(List::stream)
                .map(cookie -> new HttpCookie(cookie.getName(), cookie.getValue()))
                .toList();
    }

    private List<String> read(List<HttpCookie> cookies) {
        var request = MockServerHttpRequest.get("/")
                .cookie(cookies.toArray(HttpCookie[]::new))
                .build();
        return transport.read(request).stream().map(SessionToken::value).toList();
    }

    private static List<HttpCookie> joined(List<HttpCookie> some, List<HttpCookie> others) {
        List<HttpCookie> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    private static HttpCookie planted(String name, String value) {
        return new HttpCookie(name, value);
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 4089, 4090, 5000, 7900})
    void aTokenOfAnyLengthComesBack(int length) {
        String token = IntStream.range(0, length)
                .mapToObj(index -> String.valueOf((char) ('a' + index % 26)))
                .collect(java.util.stream.Collectors.joining());

        assertThat(read(written(token))).containsExactly(token);
        assertThat(written(token))
                .allMatch(
                        cookie -> cookie.getName().length() + cookie.getValue().length() <= 4096);
    }

    @Test
    void aLongestTokenAndItsCookiesStayWithin8000Bytes() {
        for (int chunks = 2; chunks <= 5; chunks++) {
            CookieSettings settings = CookieSettings.defaults().withChunks(chunks);
            MockServerHttpResponse response = new MockServerHttpResponse();
            new CookieTransport(settings)
                    .write(
                            new SessionToken(token('a', settings.longestToken())),
                            MockServerHttpRequest.get("/").build(),
                            response);

            int header = response.getCookies().values().stream()
                    .flatMap(List::stream)
                    .mapToInt(cookie ->
                            cookie.getName().length() + cookie.getValue().length() + 3)
                    .sum();
            assertThat(header).isLessThanOrEqualTo(8000);
        }
    }

    @Test
    void aPlantedChunkIsPassedOverWhereverItStands() {
        List<HttpCookie> genuine = written(token('a', 5000));
        List<HttpCookie> planted = List.of(
                planted("session-2", token('x', 900)),
                planted("session-2", written(token('b', 5000)).get(1).getValue()),
                planted("session-3", token('x', 900)));

        assertThat(read(joined(planted, genuine))).containsExactly(token('a', 5000));
        assertThat(read(joined(genuine, planted))).containsExactly(token('a', 5000));
    }

    @Test
    void ofPlantedChunksThatCarryTheRightMarkTheCombinationThatFitsIsTaken() {
        List<HttpCookie> genuine = written(token('a', 7900));
        String mark = genuine.get(1).getValue().substring(0, 9);
        List<HttpCookie> planted = List.of(planted("session-2", mark + "x"), planted("session-2", mark + "y"));

        assertThat(read(joined(planted, genuine))).containsExactly(token('a', 7900));
        assertThat(read(joined(genuine, planted))).containsExactly(token('a', 7900));
    }

    @Test
    void chunksOfTwoTokensAreNeverMixed() {
        List<HttpCookie> one = written(token('a', 5000));
        List<HttpCookie> other = written(token('b', 5000));

        assertThat(read(List.of(one.get(0), other.get(1))))
                .singleElement()
                .satisfies(value -> assertThat(value).contains("~"));
        assertThat(read(joined(one, other))).containsExactly(token('a', 5000), token('b', 5000));
    }

    @Test
    void fourForgedCookiesDoNotHideTheFifth() {
        List<HttpCookie> forged = IntStream.range(0, 4)
                .mapToObj(index -> planted("session", token((char) ('A' + index), 64)))
                .toList();

        assertThat(read(joined(forged, List.of(planted("session", token('z', 64))))))
                .hasSize(CookieSettings.MOST_TRIED)
                .endsWith(token('z', 64));
    }

    @Test
    void cookiesThatCanBeNoTokenComeLastAndOnceAndTheSameCountOnce() {
        List<HttpCookie> nonsense = new ArrayList<>();
        for (int index = 0; index < 20; index++) {
            nonsense.add(planted("session", "nonsense " + index));
            nonsense.add(planted("session", token('x', 63)));
            nonsense.add(planted("session", token('F', 64)));
        }
        List<HttpCookie> genuine = List.of(planted("session", token('z', 64)));

        assertThat(read(joined(nonsense, genuine))).containsExactly(token('F', 64), token('z', 64), "nonsense 0");
        assertThat(read(joined(genuine, nonsense))).containsExactly(token('z', 64), token('F', 64), "nonsense 0");
    }

    @Test
    void aWriteLeavesNoChunkOfAnOlderTokenInPlace() {
        List<HttpCookie> large = written(token('a', 7900));
        var request = MockServerHttpRequest.get("/")
                .cookie(large.toArray(HttpCookie[]::new))
                .build();
        MockServerHttpResponse response = new MockServerHttpResponse();

        transport.write(new SessionToken(token('b', 64)), request, response);

        assertThat(response.getCookies().values().stream().flatMap(List::stream))
                .filteredOn(cookie -> cookie.getMaxAge().isZero())
                .extracting(ResponseCookie::getName)
                .containsExactlyInAnyOrderElementsOf(
                        large.stream().skip(1).map(HttpCookie::getName).toList());
    }
}
