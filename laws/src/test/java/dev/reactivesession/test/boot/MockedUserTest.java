package dev.reactivesession.test.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.reactive.server.SecurityMockServerConfigurers.csrf;
import static org.springframework.security.test.web.reactive.server.SecurityMockServerConfigurers.mockUser;
import static org.springframework.security.test.web.reactive.server.SecurityMockServerConfigurers.springSecurity;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;

/** A user of Spring Security's test support in an application with sessions. */
@Timeout(120)
class MockedUserTest {

    @Test
    void a_mocked_user_is_logged_in_for_one_request_without_a_session_of_their_own() {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(SecuredApplication.class)
                .web(WebApplicationType.REACTIVE)
                .run("--server.port=0", "--spring.main.banner-mode=off", "--reactive-session.store=memory")) {
            WebTestClient client = WebTestClient.bindToApplicationContext(context)
                    .apply(springSecurity())
                    .configureClient()
                    .build();

            client.mutateWith(mockUser("carol"))
                    .get()
                    .uri("/me")
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .doesNotExist("Set-Cookie")
                    .expectBody(String.class)
                    .isEqualTo("carol");
            client.mutateWith(csrf())
                    .post()
                    .uri("/open/echo")
                    .exchange()
                    .expectStatus()
                    .isOk();
            client.get()
                    .uri("/me")
                    .exchange()
                    .expectStatus()
                    .value(status -> assertThat(status).isNotEqualTo(200));
            assertThat(context.getBean(StoreCalls.class).count()).isZero();
        }
    }
}
