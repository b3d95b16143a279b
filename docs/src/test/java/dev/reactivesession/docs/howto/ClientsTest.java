package dev.reactivesession.docs.howto;

import static dev.reactivesession.web.SessionAccess.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.reactivesession.Session;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.HeaderTransport;
import dev.reactivesession.web.SessionWebFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The page about mobile clients: browsers get a cookie, and clients that send the header get the header. */
@Timeout(120)
class ClientsTest {

    private static final String HEADER = HeaderTransport.DEFAULT_NAME;

    private static final Path SOURCE = Path.of("src/test/java/dev/reactivesession/docs/howto/CookieOrHeader.java");

    private final WebTestClient client = WebTestClient.bindToRouterFunction(route().GET(
                            "/count",
                            request -> session(request)
                                    .map(session -> session.<Integer>compute("count", n -> n == null ? 1 : n + 1))
                                    .flatMap(count -> ServerResponse.ok().bodyValue("" + count)))
                    .GET(
                            "/leave",
                            request -> session(request)
                                    .doOnNext(Session::invalidate)
                                    .then(ServerResponse.noContent().build()))
                    .build())
            .webFilter(new SessionWebFilter(
                    SessionEngine.over(new InMemorySessionStore()).build(),
                    new CookieOrHeader(CookieSettings.forPlainHttp())))
            .configureClient()
            .responseTimeout(Duration.ofSeconds(60))
            .build();

    @Test
    void thePageShowsThisTransport() throws IOException {
        String code = Files.readString(SOURCE);

        assertThat(Files.readString(Path.of("..", "docs", "how-to", "mobile-clients.md")))
                .contains(code.substring(code.indexOf("import ")));
    }

    @Test
    void aClientThatSendsTheHeaderGetsTheHeaderAndNoCookie() {
        HttpHeaders first = headers("/count", HEADER, "");
        String token = first.getFirst(HEADER);

        assertThat(token).isNotEmpty();
        assertThat(first.get(HttpHeaders.SET_COOKIE)).isNull();
        client.get()
                .uri("/count")
                .header(HEADER, token)
                .exchange()
                .expectHeader()
                .doesNotExist(HEADER)
                .expectBody(String.class)
                .isEqualTo("2");
        assertThat(headers("/leave", HEADER, token).getFirst(HEADER)).isEmpty();
    }

    @Test
    void aBrowserGetsTheCookieAndNoHeader() {
        HttpHeaders first = headers("/count", HttpHeaders.ACCEPT, "*/*");
        String cookie = first.getFirst(HttpHeaders.SET_COOKIE);

        assertThat(cookie).startsWith("session=");
        assertThat(first.get(HEADER)).isNull();
        assertThat(String.join(",", first.getVary())).contains("Cookie").contains(HEADER);
        client.get()
                .uri("/count")
                .cookie("session", cookie.substring("session=".length(), cookie.indexOf(';')))
                .exchange()
                .expectBody(String.class)
                .isEqualTo("2");
    }

    private HttpHeaders headers(String path, String name, String value) {
        return client.get()
                .uri(path)
                .header(name, value)
                .exchange()
                .expectStatus()
                .is2xxSuccessful()
                .returnResult(String.class)
                .getResponseHeaders();
    }
}
