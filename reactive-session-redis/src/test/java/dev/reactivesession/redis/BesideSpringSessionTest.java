package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.web.SessionAccess;
import dev.reactivesession.web.SessionWebFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.core.ReactiveRedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializationContext;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.session.ReactiveSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.data.redis.ReactiveRedisSessionRepository;
import org.springframework.session.data.redis.config.annotation.web.server.EnableRedisWebSession;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/**
 * The recipe of docs/migrating-from-spring-session.md: what visitors have in Spring Session is carried over, visitor by
 * visitor.
 */
@Timeout(180)
class BesideSpringSessionTest {

    private final List<ConfigurableApplicationContext> nodes = new ArrayList<>();

    static class Shop {

        @Bean
        MapReactiveUserDetailsService users() {
            return new MapReactiveUserDetailsService(
                    new User("alice", "{noop}secret", AuthorityUtils.createAuthorityList("ROLE_USER")));
        }

        @Bean
        SecurityWebFilterChain chain(ServerHttpSecurity http) {
            return http.authorizeExchange(exchange -> exchange.anyExchange().authenticated())
                    .formLogin(defaults -> {})
                    .csrf(ServerHttpSecurity.CsrfSpec::disable)
                    .build();
        }

        @Bean
        RouterFunction<ServerResponse> pages() {
            return RouterFunctions.route()
                    .GET(
                            "/cart",
                            request -> request.session()
                                    .doOnNext(session -> request.queryParam("add")
                                            .ifPresent(product ->
                                                    session.getAttributes().put("cart", product)))
                                    .zipWith(request.principal())
                                    .flatMap(both -> ServerResponse.ok()
                                            .bodyValue(both.getT2().getName() + " "
                                                    + both.getT1().getAttribute("cart"))))
                    .build();
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @EnableRedisWebSession
    @Import(Shop.class)
    static class Before {}

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(Shop.class)
    static class After {

        @Bean
        ReactiveRedisSessionRepository oldSessions(ReactiveRedisConnectionFactory connections) {
            RedisSerializer<String> keys = RedisSerializer.string();
            RedisSerializer<Object> values = RedisSerializer.java();
            return new ReactiveRedisSessionRepository(new ReactiveRedisTemplate<>(
                    connections,
                    RedisSerializationContext.<String, Object>newSerializationContext(values)
                            .key(keys)
                            .hashKey(keys)
                            .build()));
        }

        @Bean
        @Order(SessionWebFilter.ORDER + 1)
        WebFilter carryOver(ReactiveSessionRepository<? extends Session> old) {
            return (exchange, chain) -> {
                HttpCookie cookie = exchange.getRequest().getCookies().getFirst("SESSION");
                if (cookie == null) {
                    return chain.filter(exchange);
                }
                return old.findById(cookie.getValue())
                        .flatMap(before -> SessionAccess.session(exchange)
                                .doOnNext(now -> before.getAttributeNames()
                                        .forEach(name -> now.put(name, before.<Object>getAttribute(name))))
                                .flatMap(now -> now.save())
                                .then(old.deleteById(cookie.getValue())))
                        .then(Mono.fromRunnable(() -> exchange.getResponse()
                                .addCookie(ResponseCookie.from("SESSION", "")
                                        .path("/")
                                        .maxAge(0)
                                        .build())))
                        .then(Mono.defer(() -> chain.filter(exchange)));
            };
        }
    }

    @AfterEach
    void stop() {
        nodes.forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void a_visitor_of_the_old_sessions_stays_logged_in_and_keeps_the_cart() {
        WebTestClient before = node(Before.class, "--reactive-session.enabled=false");
        WebTestClient after = node(After.class);
        String old = before.post()
                .uri("/login")
                .body(BodyInserters.fromFormData("username", "alice").with("password", "secret"))
                .exchange()
                .returnResult(Void.class)
                .getResponseCookies()
                .getFirst("SESSION")
                .getValue();
        assertThat(cart(before, "/cart?add=tea", "SESSION", old).getResponseBody())
                .isEqualTo("alice tea");

        EntityExchangeResult<String> moved = cart(after, "/cart", "SESSION", old);

        assertThat(moved.getResponseBody()).isEqualTo("alice tea");
        assertThat(moved.getResponseCookies().getFirst("SESSION").getMaxAge()).isZero();
        String token = moved.getResponseCookies().getFirst("__Host-session").getValue();
        assertThat(cart(after, "/cart", "__Host-session", token).getResponseBody())
                .isEqualTo("alice tea");
        assertThat(cart(after, "/cart", "SESSION", old).getStatus().value()).isEqualTo(302);
        assertThat(cart(before, "/cart", "SESSION", old).getStatus().value()).isEqualTo(302);
    }

    private WebTestClient node(Class<?> application, String... more) {
        Map<String, Object> settings = BootSettings.node("Beside");
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.add("--server.port=0");
        arguments.add("--spring.main.banner-mode=off");
        settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        ConfigurableApplicationContext node = new SpringApplicationBuilder(application)
                .web(WebApplicationType.REACTIVE)
                .run(arguments.toArray(String[]::new));
        nodes.add(node);
        // the driver blocks whoever asks it first, which must not be a request
        node.getBean(ReactiveRedisConnectionFactory.class).getReactiveConnection();
        return WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + node.getEnvironment().getRequiredProperty("local.server.port"))
                .responseTimeout(Duration.ofSeconds(20))
                .build();
    }

    private static EntityExchangeResult<String> cart(WebTestClient shop, String path, String cookie, String value) {
        return shop.get()
                .uri(path)
                .header("Accept", "text/html")
                .cookie(cookie, value)
                .exchange()
                .expectBody(String.class)
                .returnResult();
    }
}
