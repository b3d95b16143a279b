package dev.reactivesession.docs.howto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.test.StoreProbe;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.SessionWebFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterChainProxy;
import org.springframework.security.web.server.csrf.CookieServerCsrfTokenRepository;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.security.web.server.csrf.ServerCsrfTokenRequestAttributeHandler;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/** The page about CSRF and scripts: the token comes in a cookie, goes back in a header, and costs no store call. */
@Timeout(120)
class SinglePageApplicationTest {

    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private final StoreProbe probe = StoreProbe.around(new InMemorySessionStore());

    private final WebTestClient client = WebTestClient.bindToRouterFunction(RouterFunctions.route()
                    .GET("/", request -> ServerResponse.noContent().build())
                    .POST("/", request -> ServerResponse.noContent().build())
                    .build())
            .webFilter(new SessionWebFilter(
                    SessionEngine.over(probe.store()).build(), new CookieTransport(CookieSettings.forPlainHttp())))
            .webFilter(new WebFilterChainProxy(chain(ServerHttpSecurity.http())))
            .webFilter(csrfCookie())
            .configureClient()
            .responseTimeout(Duration.ofSeconds(60))
            .build();

    /** As on the page, but for the login: everybody may come in. */
    private static SecurityWebFilterChain chain(ServerHttpSecurity http) {
        return http.authorizeExchange(exchange -> exchange.anyExchange().permitAll())
                .csrf(csrf -> csrf.csrfTokenRepository(CookieServerCsrfTokenRepository.withHttpOnlyFalse())
                        .csrfTokenRequestHandler(new ServerCsrfTokenRequestAttributeHandler()))
                .build();
    }

    private WebFilter csrfCookie() {
        return (exchange, chain) -> {
            Mono<CsrfToken> token = exchange.getAttributeOrDefault(CsrfToken.class.getName(), Mono.empty());
            return token.then(chain.filter(exchange));
        };
    }

    @Test
    void thePageShowsThisProtectionAndThisFilter() throws IOException {
        String here = plain(Files.readString(
                Path.of("src/test/java/dev/reactivesession/docs/howto/SinglePageApplicationTest.java")));
        String page = Files.readString(Path.of("..", "docs", "how-to", "single-page-application.md"));

        List<String> blocks = BLOCK.matcher(page)
                .results()
                .map(MatchResult::group)
                .map(SinglePageApplicationTest::plain)
                .toList();
        assertThat(here)
                .contains(part(blocks.get(0), ".csrf(", ".build()"))
                .contains(part(blocks.get(1), "return(exchange", "```"));
    }

    private static String part(String block, String from, String to) {
        int begin = block.indexOf(from);
        return block.substring(begin, block.indexOf(to, begin));
    }

    @Test
    void aScriptSendsTheTokenOfItsCookieBackInAHeader() {
        ResponseCookie cookie = Objects.requireNonNull(client.get()
                .uri("/")
                .exchange()
                .expectStatus()
                .isNoContent()
                .returnResult(Void.class)
                .getResponseCookies()
                .getFirst("XSRF-TOKEN"));

        assertThat(cookie.isHttpOnly()).isFalse();
        assertThat(posted(cookie, cookie.getValue())).isEqualTo(HttpStatus.NO_CONTENT);
        assertThat(posted(cookie, "another")).isEqualTo(HttpStatus.FORBIDDEN);
        probe.assertNoCalls();
    }

    private HttpStatus posted(ResponseCookie cookie, String header) {
        return HttpStatus.valueOf(client.post()
                .uri("/")
                .cookie(cookie.getName(), cookie.getValue())
                .header("X-XSRF-TOKEN", header)
                .exchange()
                .returnResult(Void.class)
                .getStatus()
                .value());
    }

    private static String plain(String code) {
        return code.replaceAll("\\s+", "");
    }
}
