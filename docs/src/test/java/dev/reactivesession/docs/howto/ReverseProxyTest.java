package dev.reactivesession.docs.howto;

import static dev.reactivesession.web.SessionAccess.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.docs.howto.Browser.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The page about a reverse proxy: what the application makes of the requests that one passes on. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class ReverseProxyTest {

    private static final String PAGE = "reverse-proxy.md";

    private static final String MEMORY = "reactive-session.store=memory";

    private static final String WARNING = "A Secure session cookie was sent over plain http to shop.example";

    /** As a proxy passes a request on that came to it over https. */
    private static final String[] PASSED_ON = {
        HttpHeaders.HOST,
        "shop.example",
        "X-Forwarded-Proto",
        "https",
        "X-Forwarded-Host",
        "shop.example",
        "X-Forwarded-For",
        "203.0.113.7"
    };

    private static final String[] FORWARDED = {
        HttpHeaders.HOST, "shop.example", "Forwarded", "for=203.0.113.7;proto=https;host=shop.example"
    };

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Shop {

        @Bean
        RouterFunction<ServerResponse> routes() {
            return RouterFunctions.route()
                    .GET("/seen", Shop::seen)
                    .GET("/begin", Shop::begin)
                    .build();
        }

        private static Mono<ServerResponse> seen(ServerRequest request) {
            String client = request.remoteAddress()
                    .map(address -> address.getHostString())
                    .orElse("nobody");
            return session(request).flatMap(session -> ServerResponse.ok().bodyValue(request.uri() + " for " + client));
        }

        private static Mono<ServerResponse> begin(ServerRequest request) {
            return session(request)
                    .doOnNext(session -> session.put("colour", "red"))
                    .then(ServerResponse.noContent().build());
        }
    }

    @Test
    void withTheSettingTheApplicationBelievesTheProxy(CapturedOutput output) {
        try (RunningApplication shop = shop(RunningApplication.settings(PAGE, 0))) {
            assertThat(seen(shop, PASSED_ON)).isEqualTo("https://shop.example/seen for 203.0.113.7");
            assertThat(seen(shop, FORWARDED)).isEqualTo("https://shop.example/seen for 203.0.113.7");
            ResponseCookie cookie = cookie(shop);

            assertThat(cookie.toString())
                    .startsWith("__Host-session=")
                    .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax")
                    .doesNotContain("Domain");
        }
        assertThat(output).doesNotContain(WARNING);
    }

    @Test
    void withoutItTheCookieIsSecureAllTheSameAndTheLogSaysWhatIsMissing(CapturedOutput output) {
        try (RunningApplication shop = shop(List.of())) {
            assertThat(seen(shop, PASSED_ON)).isEqualTo("http://shop.example/seen for 127.0.0.1");

            assertThat(cookie(shop).isSecure()).isTrue();
            assertThat(cookie(shop).isSecure()).isTrue();
        }
        assertThat(output.toString().split(WARNING, -1)).hasSize(2);
        assertThat(output.toString().lines().filter(line -> line.contains(WARNING)))
                .allMatch(line -> line.contains("WARN") && line.contains("server.forward-headers-strategy=framework"));
    }

    @Test
    void subDomainsShareACookieThatNamesTheirDomain() {
        try (RunningApplication shop = shop(RunningApplication.settings(PAGE, 1))) {
            assertThat(cookie(shop))
                    .returns("__Secure-session", ResponseCookie::getName)
                    .returns("example.com", ResponseCookie::getDomain)
                    .returns(true, ResponseCookie::isSecure);
        }
    }

    @Test
    void theCookieGoesToOtherSitesWhereThatIsAskedFor() {
        try (RunningApplication shop = shop(List.of("reactive-session.cookie.same-site=none"))) {
            assertThat(cookie(shop).getSameSite()).isEqualTo("None");
        }
    }

    @Test
    void cachesAreToldWhatDependsOnTheCookieAndWhatHoldsIt() {
        try (RunningApplication shop = shop(List.of())) {
            Answer looked = new Browser().get(shop.address() + "/seen", PASSED_ON);
            Answer begun = new Browser().get(shop.address() + "/begin", PASSED_ON);

            assertThat(looked.headers().getVary()).contains("Cookie");
            assertThat(looked.headers().getCacheControl()).isNull();
            assertThat(begun.headers().getVary()).contains("Cookie");
            assertThat(begun.headers().getCacheControl()).isEqualTo("no-store");
        }
    }

    private static RunningApplication shop(List<String> settings) {
        return RunningApplication.start(Shop.class, RunningApplication.with(settings, MEMORY));
    }

    private static String seen(RunningApplication shop, String... headers) {
        return new Browser().get(shop.address() + "/seen", headers).body();
    }

    private static ResponseCookie cookie(RunningApplication shop) {
        return new Browser().get(shop.address() + "/begin", PASSED_ON).cookies().get(0);
    }
}
