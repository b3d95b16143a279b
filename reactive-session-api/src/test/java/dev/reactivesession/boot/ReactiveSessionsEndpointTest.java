package dev.reactivesession.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.web.SessionAccess;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

class ReactiveSessionsEndpointTest {

    private static final String ENDPOINT = "/actuator/reactivesessions";

    private static final String[] OPEN = {
        "management.endpoints.web.exposure.include=*", "management.endpoint.reactivesessions.access=unrestricted"
    };

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        RouterFunction<ServerResponse> login() {
            return RouterFunctions.route()
                    .GET(
                            "/login-as/{user}",
                            request -> SessionAccess.session(request)
                                    .doOnNext(session -> begin(session, request.pathVariable("user")))
                                    .flatMap(session -> ServerResponse.ok()
                                            .bodyValue(session.id().toString())))
                    .build();
        }

        private static void begin(Session session, String user) {
            session.login(user);
            session.put("basket", "a secret wish");
        }

        @Bean
        SecurityWebFilterChain open(ServerHttpSecurity http) {
            return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                    .authorizeExchange(exchange -> exchange.anyExchange().permitAll())
                    .build();
        }
    }

    @Test
    void it_is_off_even_where_everything_is_exposed() {
        within(
                client -> client.get().uri(ENDPOINT).exchange().expectStatus().isNotFound(),
                "management.endpoints.web.exposure.include=*");
    }

    @Test
    void it_is_not_exposed_even_where_it_is_accessible() {
        within(
                client -> client.get().uri(ENDPOINT).exchange().expectStatus().isNotFound(),
                "management.endpoint.reactivesessions.access=unrestricted");
    }

    @Test
    void it_exports_what_is_kept_about_a_user_and_deletes_it() {
        within(
                client -> {
                    String id = login(client, "alice");
                    login(client, "bob");

                    client.get()
                            .uri(ENDPOINT + "/export/alice")
                            .exchange()
                            .expectStatus()
                            .isOk()
                            .expectBody()
                            .jsonPath("$.length()")
                            .isEqualTo(1)
                            .jsonPath("$[0].session")
                            .isEqualTo(id)
                            .jsonPath("$[0].attributes.basket")
                            .isEqualTo("a secret wish");
                    client.delete()
                            .uri(ENDPOINT + "?principal=alice")
                            .exchange()
                            .expectBody()
                            .jsonPath("$.ended")
                            .isEqualTo(1);
                    client.get()
                            .uri(ENDPOINT + "/export/alice")
                            .exchange()
                            .expectBody(String.class)
                            .isEqualTo("[]");
                },
                OPEN[0],
                OPEN[1],
                "management.endpoint.reactivesessions.show-values=true");
    }

    @Test
    void it_exports_nothing_where_values_are_not_to_be_shown() {
        within(
                client -> {
                    login(client, "alice");

                    client.get()
                            .uri(ENDPOINT + "/export/alice")
                            .exchange()
                            .expectStatus()
                            .isForbidden()
                            .expectBody(String.class)
                            .value(body ->
                                    assertThat(body).contains("show-values").doesNotContain("wish"));
                    client.get()
                            .uri(ENDPOINT + "/other/alice")
                            .exchange()
                            .expectStatus()
                            .isNotFound();
                },
                OPEN);
    }

    @Test
    void it_lists_the_sessions_of_a_user_without_values() {
        within(
                client -> {
                    String id = login(client, "alice");
                    login(client, "bob");

                    client.get()
                            .uri(ENDPOINT + "?principal=alice")
                            .exchange()
                            .expectBody()
                            .jsonPath("$.sessions.length()")
                            .isEqualTo(1)
                            .jsonPath("$.sessions[0].id")
                            .isEqualTo(id)
                            .jsonPath("$.sessions[0].attributes[0]")
                            .isEqualTo("basket")
                            .jsonPath("$.sessions[0].values")
                            .isEmpty()
                            .jsonPath("$.sweep.scheduled")
                            .isEqualTo(true);
                },
                OPEN);
    }

    @Test
    void it_shows_one_session_and_values_only_when_they_are_asked_for() {
        within(
                client -> {
                    String id = login(client, "alice");

                    String shown = client.get()
                            .uri(ENDPOINT + "/" + id)
                            .exchange()
                            .expectStatus()
                            .isOk()
                            .expectBody(String.class)
                            .returnResult()
                            .getResponseBody();
                    assertThat(shown)
                            .contains("alice", "expiresAt", "a secret wish")
                            .containsPattern("\"bytes\":[1-9]");
                    client.get()
                            .uri(ENDPOINT + "/" + "0".repeat(32))
                            .exchange()
                            .expectStatus()
                            .isNotFound();
                },
                OPEN[0],
                OPEN[1],
                "management.endpoint.reactivesessions.show-values=true");
    }

    @Test
    void it_ends_one_session_or_all_of_a_user() {
        within(
                client -> {
                    String id = login(client, "alice");
                    login(client, "alice");
                    login(client, "alice");

                    ended(client, ENDPOINT + "/" + id, 1);
                    ended(client, ENDPOINT + "/" + id, 0);
                    ended(client, ENDPOINT + "?principal=alice", 2);
                    client.delete().uri(ENDPOINT).exchange().expectStatus().isBadRequest();
                },
                OPEN);
    }

    @Test
    void a_purge_is_a_post_and_says_how_far_it_came() {
        within(
                client -> client.post()
                        .uri(ENDPOINT)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .jsonPath("$.done")
                        .isEqualTo(true)
                        .jsonPath("$.removed")
                        .isEqualTo(0),
                OPEN);
    }

    @Test
    void read_only_access_ends_nothing() {
        within(
                client -> {
                    String id = login(client, "alice");

                    client.delete()
                            .uri(ENDPOINT + "/" + id)
                            .exchange()
                            .expectStatus()
                            .is4xxClientError();
                    client.post().uri(ENDPOINT).exchange().expectStatus().is4xxClientError();
                    client.get()
                            .uri(ENDPOINT + "/" + id)
                            .exchange()
                            .expectStatus()
                            .isOk();
                },
                OPEN[0],
                "management.endpoint.reactivesessions.access=read-only");
    }

    private static String login(WebTestClient client, String user) {
        return client.get()
                .uri("/login-as/" + user)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }

    private static void ended(WebTestClient client, String uri, int count) {
        client.delete()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.ended")
                .isEqualTo(count);
    }

    private static void within(Consumer<WebTestClient> test, String... settings) {
        SpringApplication application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.REACTIVE)
                .properties("server.port=0", "reactive-session.store=memory")
                .properties(settings)
                .build();
        try (ConfigurableApplicationContext context = application.run()) {
            String port = context.getEnvironment().getRequiredProperty("local.server.port");
            test.accept(WebTestClient.bindToServer()
                    .baseUrl("http://localhost:" + port)
                    .build());
        }
    }
}
