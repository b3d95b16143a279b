package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reactivesession.Sessions;
import dev.reactivesession.boot.TieredEventListener;
import dev.reactivesession.store.tiered.TieredEvent;
import dev.reactivesession.web.SessionAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Redis in front of PostgreSQL, and memory in front of both, as an application gets them by settings alone. */
@Timeout(180)
class TieredApplicationTest {

    private final List<ConfigurableApplicationContext> nodes = new ArrayList<>();

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Seen seen() {
            return new Seen(new CopyOnWriteArrayList<>());
        }

        @Bean
        SecurityWebFilterChain chain(ServerHttpSecurity http) {
            return http.authorizeExchange(exchange -> exchange.anyExchange().permitAll())
                    .build();
        }

        @Bean
        RouterFunction<ServerResponse> pages() {
            return RouterFunctions.route()
                    .GET(
                            "/login",
                            request -> SessionAccess.session(request)
                                    .doOnNext(session -> session.login("alice"))
                                    .flatMap(session -> ServerResponse.ok().build()))
                    .GET(
                            "/count",
                            request -> SessionAccess.session(request)
                                    .map(session -> session.<Integer>compute("count", n -> n == null ? 1 : n + 1))
                                    .flatMap(count -> ServerResponse.ok().bodyValue(count + "")))
                    .GET(
                            "/read",
                            request -> SessionAccess.session(request)
                                    .map(session -> session.principal().orElse("nobody") + " " + session.get("count"))
                                    .flatMap(ServerResponse.ok()::bodyValue))
                    .build();
        }
    }

    private record Seen(List<TieredEvent> events) implements TieredEventListener {

        @Override
        public void onEvent(String cache, TieredEvent event) {
            events.add(event);
        }

        boolean has(Class<? extends TieredEvent> type) {
            return events.stream().anyMatch(type::isInstance);
        }
    }

    @AfterEach
    void stop() {
        nodes.forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void a_visitor_stays_logged_in_and_loses_nothing_while_the_cache_is_killed_and_comes_back_empty() {
        try (RedisNode redis = RedisNode.start()) {
            ConfigurableApplicationContext node = node(BootSettings.tiered("Restart", redis, Tiers.DURABLE));
            Seen seen = node.getBean(Seen.class);
            WebTestClient visitor = client(node, logIn(node));
            assertThat(get(visitor, "/count")).isEqualTo("1");
            assertThat(get(visitor, "/read")).isEqualTo("alice 1");
            assertThat(seen.has(TieredEvent.Hit.class)).isTrue();

            redis.kill();
            assertThat(get(visitor, "/read")).isEqualTo("alice 1");
            assertThat(get(visitor, "/count")).isEqualTo("2");
            assertThat(seen.has(TieredEvent.CacheFailed.class)).isTrue();

            redis.restart();
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                get(visitor, "/read");
                return !seen.has(TieredEvent.CachePaused.class) || seen.has(TieredEvent.CacheResumed.class);
            });
            assertThat(get(visitor, "/count")).isEqualTo("3");
            seen.events().clear();
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                assertThat(get(visitor, "/read")).isEqualTo("alice 3");
                return seen.has(TieredEvent.Hit.class);
            });
        }
    }

    @Test
    void copies_lie_apart_from_sessions_and_without_an_index() {
        ConfigurableApplicationContext node = node(BootSettings.tiered("Apart", Tiers.REDIS, Tiers.DURABLE));
        logIn(node);

        List<String> keys = Tiers.REDIS.with(redis -> redis.keys("Apart:*"));
        assertThat(keys).isNotEmpty().allMatch(key -> key.startsWith("Apart:copies:session:"));
        assertThat(node.getBean(Sessions.class).countByPrincipal("alice").block())
                .isPositive();
    }

    @Test
    void a_node_with_copies_of_its_own_hears_of_a_logout_on_another_node() {
        Map<String, Object> settings = BootSettings.tiered("Near", Tiers.REDIS, Tiers.DURABLE);
        settings.put("reactive-session.near-cache.size", "1MB");
        settings.put("reactive-session.near-cache.max-age", "1h");
        ConfigurableApplicationContext here = node(settings);
        ConfigurableApplicationContext there = node(settings);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Tiers.REDIS
                                .with(redis -> redis.pubsubNumsub("Near:changes"))
                                .get("Near:changes")
                        == 2);
        String token = logIn(here);
        WebTestClient elsewhere = client(there, token);
        assertThat(get(elsewhere, "/read")).isEqualTo("alice null");
        assertThat(get(elsewhere, "/read")).isEqualTo("alice null");
        assertThat(there.getBean(Seen.class).has(TieredEvent.Hit.class)).isTrue();

        assertThat(here.getBean(Sessions.class).terminateAll("alice").block()).isPositive();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(get(elsewhere, "/read")).isEqualTo("nobody null"));
    }

    private ConfigurableApplicationContext node(Map<String, Object> settings) {
        ConfigurableApplicationContext node = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.REACTIVE)
                .run(Stream.concat(
                                Stream.of(
                                        "--server.port=0",
                                        "--spring.main.banner-mode=off",
                                        "--reactive-session.sweep.enabled=false"),
                                settings.entrySet().stream()
                                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue()))
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

    private static String get(WebTestClient visitor, String path) {
        return visitor.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }
}
