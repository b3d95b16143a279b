package dev.reactivesession.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.web.SessionAccess;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterExchange;
import org.springframework.security.web.server.authentication.DelegatingServerAuthenticationSuccessHandler;
import org.springframework.security.web.server.authentication.RedirectServerAuthenticationSuccessHandler;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.BodyInserters.FormInserter;
import reactor.core.publisher.Mono;

/** The recipe for a login page with a box to tick. */
class RememberMeTest {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private static ConfigurableApplicationContext context;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @EnableWebFluxSecurity
    static class RememberedShop {

        @Bean
        MapReactiveUserDetailsService users() {
            return new MapReactiveUserDetailsService(User.withUsername("alice")
                    .password("{noop}secret")
                    .roles("USER")
                    .build());
        }

        @Bean
        SecurityWebFilterChain chain(ServerHttpSecurity http) {
            return http.authorizeExchange(exchange -> exchange.anyExchange().authenticated())
                    .formLogin(login ->
                            login.authenticationSuccessHandler(new DelegatingServerAuthenticationSuccessHandler(
                                    RememberedShop::rememberWhereAsked,
                                    new RedirectServerAuthenticationSuccessHandler("/"))))
                    .build();
        }

        static Mono<Void> rememberWhereAsked(WebFilterExchange login, Authentication user) {
            return login.getExchange()
                    .getFormData()
                    .filter(form -> form.containsKey("remember-me"))
                    .flatMap(form -> SessionAccess.session(login.getExchange()))
                    .doOnNext(session -> session.remember(Duration.ofDays(30)))
                    .then();
        }
    }

    @BeforeAll
    static void start() {
        context = SpringApplication.run(
                RememberedShop.class,
                "--reactive-session.store=memory",
                "--spring.autoconfigure.exclude=" + R2dbcAutoConfiguration.class.getName(),
                "--reactive-session.cookie.secure=false",
                "--server.address=127.0.0.1",
                "--server.port=0");
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Test
    void aLoginWithTheBoxTickedIsRememberedAndOneWithoutItIsNot() {
        ResponseCookie remembered = login(BodyInserters.fromFormData("remember-me", "on"));
        ResponseCookie forgotten = login(BodyInserters.fromFormData("other", "on"));

        assertThat(remembered.getMaxAge()).isEqualTo(Duration.ofDays(30));
        assertThat(forgotten.getMaxAge()).isNegative();
    }

    private static ResponseCookie login(FormInserter<String> box) {
        WebTestClient client = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:"
                        + Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                                .getPort())
                .responseTimeout(Duration.ofSeconds(30))
                .build();
        var page = client.get()
                .uri("/login")
                .accept(MediaType.TEXT_HTML)
                .exchange()
                .expectBody(String.class)
                .returnResult();
        Matcher csrf = CSRF.matcher(Objects.requireNonNull(page.getResponseBody()));
        assertThat(csrf.find()).isTrue();
        var answer = client.post()
                .uri("/login")
                .cookie(
                        "session",
                        Objects.requireNonNull(page.getResponseCookies().getFirst("session"))
                                .getValue())
                .body(box.with("username", "alice").with("password", "secret").with("_csrf", csrf.group(1)))
                .exchange()
                .expectHeader()
                .location("/")
                .returnResult(String.class);
        return Objects.requireNonNull(answer.getResponseCookies().getFirst("session"));
    }
}
