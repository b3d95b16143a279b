package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Sessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The deployments of a move, as the documents give their settings: nobody is logged out, and no count is lost. */
@Timeout(240)
@ExtendWith(OutputCaptureExtension.class)
class MovingApplicationTest {

    private final List<ConfigurableApplicationContext> nodes = new ArrayList<>();

    @AfterEach
    void stop() {
        nodes.forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void a_visitor_stays_logged_in_from_the_first_deployment_to_the_last(CapturedOutput output) {
        ConfigurableApplicationContext before = node("reactive-session.store=redis");
        String token = logIn(before);
        assertThat(counted(before, token)).isEqualTo("1");

        ConfigurableApplicationContext prepares = node(
                "reactive-session.store=r2dbc",
                "reactive-session.moving.from=redis",
                "reactive-session.moving.stage=prepare");
        assertThat(counted(prepares, token)).isEqualTo("2");
        assertThat(counted(before, token)).isEqualTo("3");
        String newcomer = logIn(prepares);
        assertThat(counted(before, newcomer)).isEqualTo("1");

        ConfigurableApplicationContext moves = node(
                "reactive-session.store=r2dbc",
                "reactive-session.moving.from=redis",
                "reactive-session.moving.stage=move");
        assertThat(counted(moves, token)).isEqualTo("4");
        assertThat(counted(prepares, token)).isEqualTo("5");
        assertThat(counted(moves, newcomer)).isEqualTo("2");
        assertThat(moves.getBean(Sessions.class).countByPrincipal("alice").block())
                .isEqualTo(2);

        ConfigurableApplicationContext after = node("reactive-session.store=r2dbc");
        assertThat(counted(after, token)).isEqualTo("6");
        assertThat(counted(after, newcomer)).isEqualTo("3");
        assertThat(output)
                .contains("Sessions in PostgreSQL at 127.0.0.1:")
                .contains(", moving from Redis at ")
                .contains(" (stage prepare), cookie __Host-session")
                .contains(" (stage move), cookie __Host-session");
    }

    private ConfigurableApplicationContext node(String... settings) {
        Map<String, Object> servers = BootSettings.tiered("MovingApplication", Tiers.REDIS, Tiers.DURABLE);
        servers.remove("reactive-session.store");
        ConfigurableApplicationContext node = new SpringApplicationBuilder(TieredApplicationTest.Application.class)
                .web(WebApplicationType.REACTIVE)
                .run(Stream.of(
                                Stream.of(settings),
                                Stream.of("server.port=0", "spring.main.banner-mode=off"),
                                servers.entrySet().stream().map(setting -> setting.getKey() + "=" + setting.getValue()))
                        .flatMap(given -> given)
                        .map(setting -> "--" + setting)
                        .toArray(String[]::new));
        nodes.add(node);
        return node;
    }

    private static String logIn(ConfigurableApplicationContext node) {
        return client(node, "")
                .get()
                .uri("/login")
                .exchange()
                .returnResult(Void.class)
                .getResponseCookies()
                .getFirst("__Host-session")
                .getValue();
    }

    private static WebTestClient client(ConfigurableApplicationContext node, String token) {
        return WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + node.getEnvironment().getRequiredProperty("local.server.port"))
                .responseTimeout(Duration.ofSeconds(20))
                .defaultCookie("__Host-session", token)
                .build();
    }

    private static String counted(ConfigurableApplicationContext node, String token) {
        return client(node, token)
                .get()
                .uri("/count")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }
}
