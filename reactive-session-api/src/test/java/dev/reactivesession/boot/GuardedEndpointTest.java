package dev.reactivesession.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BiConsumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.WebSessionServerSecurityContextRepository;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.security.web.server.csrf.ServerCsrfTokenRequestAttributeHandler;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The endpoint behind a chain of Spring Security, on the port of the application and on one of its own. */
@Timeout(180)
class GuardedEndpointTest {

    private static final String ENDPOINT = "/actuator/reactivesessions";

    private static final String COOKIE = "__Host-session";

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        MapReactiveUserDetailsService users() {
            return new MapReactiveUserDetailsService(
                    new User("alice", "{noop}secret", AuthorityUtils.createAuthorityList("ROLE_USER")),
                    new User("root", "{noop}secret", AuthorityUtils.createAuthorityList("ROLE_ADMIN")));
        }

        @Bean
        SecurityWebFilterChain chain(ServerHttpSecurity http) {
            return http.authorizeExchange(exchange -> exchange.pathMatchers("/actuator/**")
                            .hasRole("ADMIN")
                            .anyExchange()
                            .authenticated())
                    .httpBasic(
                            basic -> basic.securityContextRepository(new WebSessionServerSecurityContextRepository()))
                    .formLogin(defaults -> {})
                    // the default one draws from a device on the event loop
                    .csrf(csrf -> csrf.csrfTokenRequestHandler(new ServerCsrfTokenRequestAttributeHandler()))
                    .build();
        }

        @Bean
        Pages pages() {
            return new Pages();
        }
    }

    @RestController
    static class Pages {

        @GetMapping("/csrf")
        Mono<String> csrf(ServerWebExchange exchange) {
            Mono<CsrfToken> token = exchange.getRequiredAttribute(CsrfToken.class.getName());
            return token.map(CsrfToken::getToken);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--management.server.port=0"})
    void only_those_whom_the_chain_lets_in_see_sessions(String port) {
        within(port, (application, management) -> {
            String alice = logIn(application, "alice");
            String root = logIn(application, "root");

            assertThat(status(management, HttpMethod.GET, null)).isEqualTo(HttpStatus.UNAUTHORIZED);
            assertThat(status(management, HttpMethod.GET, alice)).isEqualTo(HttpStatus.FORBIDDEN);
            management
                    .get()
                    .uri(ENDPOINT + "?principal=alice")
                    .cookie(COOKIE, root)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.sessions.length()")
                    .isEqualTo(1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--management.server.port=0"})
    void with_the_cookie_of_a_session_sessions_are_ended_only_with_its_csrf_token(String port) {
        within(port, (application, management) -> {
            String alice = logIn(application, "alice");
            String root = logIn(application, "root");
            String csrf = csrf(application, root);

            assertThat(status(management, HttpMethod.DELETE, root)).isEqualTo(HttpStatus.FORBIDDEN);
            management
                    .delete()
                    .uri(ENDPOINT + "?principal=alice")
                    .cookie(COOKIE, root)
                    .header("X-CSRF-TOKEN", csrf)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.ended")
                    .isEqualTo(1);
            assertThat(status(application, HttpMethod.GET, alice)).isIn(HttpStatus.UNAUTHORIZED, HttpStatus.NOT_FOUND);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--management.server.port=0"})
    void a_session_that_begins_at_the_endpoint_is_one_of_the_application(String port) {
        within(port, (application, management) -> {
            String root = cookieOf(management, ENDPOINT, "root");

            application
                    .get()
                    .uri("/csrf")
                    .cookie(COOKIE, root)
                    .exchange()
                    .expectStatus()
                    .isOk();
        });
    }

    private static HttpStatus status(WebTestClient client, HttpMethod method, String cookie) {
        WebTestClient.RequestHeadersSpec<?> request = client.method(method).uri(ENDPOINT + "?principal=alice");
        if (cookie != null) {
            request.cookie(COOKIE, cookie);
        }
        return (HttpStatus) request.header("X-Requested-With", "XMLHttpRequest")
                .exchange()
                .returnResult(Void.class)
                .getStatus();
    }

    private static String csrf(WebTestClient client, String cookie) {
        return client.get()
                .uri("/csrf")
                .cookie(COOKIE, cookie)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }

    private static String logIn(WebTestClient application, String user) {
        return cookieOf(application, "/csrf", user);
    }

    private static String cookieOf(WebTestClient client, String page, String user) {
        ResponseCookie cookie = client.get()
                .uri(page)
                .headers(headers -> headers.setBasicAuth(user, "secret"))
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(String.class)
                .getResponseCookies()
                .getFirst(COOKIE);
        assertThat(cookie).as("the cookie of " + user).isNotNull();
        return cookie.getValue();
    }

    private static void within(String port, BiConsumer<WebTestClient, WebTestClient> test) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.REACTIVE)
                .run(
                        "--server.port=0",
                        "--spring.main.banner-mode=off",
                        "--reactive-session.store=memory",
                        "--management.endpoints.web.exposure.include=*",
                        "--management.endpoint.reactivesessions.access=unrestricted",
                        port.isEmpty() ? "--application.one-port" : port)) {
            test.accept(
                    client(context, "local.server.port"),
                    client(context, port.isEmpty() ? "local.server.port" : "local.management.port"));
        }
    }

    private static WebTestClient client(ConfigurableApplicationContext context, String port) {
        return WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + context.getEnvironment().getRequiredProperty(port))
                .build();
    }
}
