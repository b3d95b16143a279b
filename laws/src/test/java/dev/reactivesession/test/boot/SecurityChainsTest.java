package dev.reactivesession.test.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.SessionId;
import dev.reactivesession.Sessions;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
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
import org.springframework.http.HttpStatus;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.HttpStatusServerEntryPoint;
import org.springframework.security.web.server.authentication.SwitchUserWebFilter;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.context.WebSessionServerSecurityContextRepository;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.reactive.config.EnableWebFlux;
import reactor.core.publisher.Mono;

/** Chains of Spring Security beyond the default one. */
@Timeout(180)
class SecurityChainsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Controller
    @ResponseBody
    static class WhoPages {

        @GetMapping({"/who", "/api/who"})
        String who(Authentication user) {
            return user.getName() + " " + AuthorityUtils.authorityListToSet(user.getAuthorities());
        }

        @GetMapping("/actor")
        String actor(Session session) {
            return session.actor().orElse("nobody");
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import({SecuredApplication.Pages.class, WhoPages.class})
    abstract static class Shop {

        @Bean
        StoreCalls storeCalls() {
            return new StoreCalls();
        }

        @Bean
        MapReactiveUserDetailsService users() {
            return new MapReactiveUserDetailsService(user("alice", "ROLE_ADMIN"), user("bob", "ROLE_USER"));
        }

        private static UserDetails user(String name, String role) {
            return new User(name, "{noop}secret", AuthorityUtils.createAuthorityList(role));
        }

        static ServerHttpSecurity open(ServerHttpSecurity http) {
            return http.authorizeExchange(exchange -> exchange.pathMatchers("/open/**", "/ott/**")
                    .permitAll()
                    .anyExchange()
                    .authenticated());
        }
    }

    static class OneTimeTokens extends Shop {

        @Bean
        SecurityWebFilterChain chain(ServerHttpSecurity http) {
            return open(http)
                    .formLogin(defaults -> {})
                    .oneTimeTokenLogin(login -> login.tokenGenerationSuccessHandler((exchange, token) -> {
                        var response = exchange.getResponse();
                        return response.writeWith(Mono.just(response.bufferFactory()
                                .wrap(token.getTokenValue().getBytes(StandardCharsets.UTF_8))));
                    }))
                    .build();
        }
    }

    @Test
    void a_one_time_token_logs_in_for_more_than_one_request() {
        in(OneTimeTokens.class, shop -> {
            Browser user = shop.browser();
            String token = user.post("/ott/generate", Map.of("username", "alice", "_csrf", user.csrf()))
                    .body();

            HttpResponse<String> loggedIn = user.post("/login/ott", Map.of("token", token, "_csrf", user.csrf()));

            assertThat(Browser.location(loggedIn)).isEqualTo("/");
            assertThat(user.get("/me").body()).isEqualTo("alice in session");
            assertThat(user.get("/who").body()).contains("ROLE_ADMIN");
            assertThat(user.get("/open/who").body()).isEqualTo("alice");
        });
    }

    /** A stateless resource beside pages with a session. */
    static class TwoChains extends Shop {

        @Bean
        @Order(1)
        SecurityWebFilterChain api(ServerHttpSecurity http) {
            return http.securityMatcher(ServerWebExchangeMatchers.pathMatchers("/api/**"))
                    .authorizeExchange(exchange -> exchange.anyExchange().authenticated())
                    .httpBasic(basic ->
                            basic.authenticationEntryPoint(new HttpStatusServerEntryPoint(HttpStatus.UNAUTHORIZED)))
                    .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                    .csrf(csrf -> csrf.disable())
                    .requestCache(cache -> cache.disable())
                    .build();
        }

        @Bean
        @Order(2)
        SecurityWebFilterChain pages(ServerHttpSecurity http) {
            return open(http).formLogin(defaults -> {}).build();
        }
    }

    @Test
    void a_chain_without_sessions_beside_one_with_them_neither_reads_nor_makes_one() {
        in(TwoChains.class, shop -> {
            Browser user = shop.browser();
            user.logIn("alice");
            long before = shop.calls();

            assertThat(user.get("/api/who").statusCode()).isEqualTo(401);
            HttpResponse<String> withPassword = user.getAs("alice", "/api/who");

            assertThat(withPassword.body()).startsWith("alice");
            assertThat(withPassword.headers().allValues("Set-Cookie")).isEmpty();
            assertThat(shop.calls()).isEqualTo(before);
            assertThat(user.get("/me").body()).isEqualTo("alice in session");
        });
    }

    static class CachedContext extends Shop {

        @Bean
        SecurityWebFilterChain chain(ServerHttpSecurity http) {
            WebSessionServerSecurityContextRepository repository = new WebSessionServerSecurityContextRepository();
            repository.setCacheSecurityContext(true);
            return open(http)
                    .securityContextRepository(repository)
                    .formLogin(login -> login.securityContextRepository(repository))
                    .build();
        }
    }

    @Test
    void a_cached_security_context_is_the_one_of_its_request_and_no_other() {
        in(CachedContext.class, shop -> {
            Browser alice = shop.browser();
            Browser bob = shop.browser();
            alice.logIn("alice");
            bob.logIn("bob");

            assertThat(alice.get("/me").body()).isEqualTo("alice in session");
            assertThat(bob.get("/me").body()).isEqualTo("bob in session");
            alice.logOut();
            assertThat(alice.get("/me").statusCode()).isEqualTo(302);
            long before = shop.calls();
            bob.get("/open/hello");
            assertThat(shop.calls()).isEqualTo(before);
        });
    }

    static class Impersonation extends Shop {

        @Bean
        SecurityWebFilterChain chain(ServerHttpSecurity http, MapReactiveUserDetailsService users) {
            SwitchUserWebFilter filter = new SwitchUserWebFilter(users, "/who", "/login?error");
            filter.setSecurityContextRepository(new WebSessionServerSecurityContextRepository());
            return open(http)
                    .formLogin(defaults -> {})
                    .addFilterAfter(filter, SecurityWebFiltersOrder.AUTHORIZATION)
                    .build();
        }
    }

    @Test
    void an_impersonated_user_is_the_principal_of_the_session_until_it_is_left_again() {
        in(Impersonation.class, shop -> {
            Browser admin = shop.browser();
            admin.logIn("alice");

            admin.post("/login/impersonate?username=bob", Map.of("_csrf", admin.csrf()));
            assertThat(admin.get("/who").body()).startsWith("bob").contains("ROLE_PREVIOUS_ADMINISTRATOR");
            assertThat(admin.get("/open/who").body()).isEqualTo("bob");
            assertThat(admin.get("/actor").body()).isEqualTo("alice");

            admin.post("/logout/impersonate", Map.of("_csrf", admin.csrf()));
            assertThat(admin.get("/who").body()).startsWith("alice").doesNotContain("PREVIOUS");
            assertThat(admin.get("/open/who").body()).isEqualTo("alice");
            assertThat(admin.get("/actor").body()).isEqualTo("nobody");
        });
    }

    @EnableWebFlux
    static class OwnWebFlux extends Shop {

        @Bean
        SecurityWebFilterChain chain(ServerHttpSecurity http) {
            return open(http).formLogin(defaults -> {}).build();
        }
    }

    @Test
    void an_application_that_enables_webflux_itself_has_sessions_too() {
        in(OwnWebFlux.class, shop -> {
            Browser user = shop.browser();

            assertThat(user.get("/open/count").body()).isEqualTo("1");
            user.logIn("alice");
            assertThat(user.get("/open/count").body()).isEqualTo("2");
            assertThat(user.get("/me").body()).isEqualTo("alice in session");
            assertThat(user.get("/open/who").body()).isEqualTo("alice");
        });
    }

    @Test
    void a_session_that_is_ended_from_outside_is_over_in_every_chain() {
        in(TwoChains.class, shop -> {
            Browser user = shop.browser();
            user.logIn("alice");
            Sessions sessions = shop.context().getBean(Sessions.class);
            SessionId id = sessions.findByPrincipal("alice")
                    .map(session -> session.id())
                    .blockFirst(PATIENCE);

            sessions.terminate(id).block(PATIENCE);

            assertThat(user.get("/me").statusCode()).isEqualTo(302);
        });
    }

    /** A shop that is open. */
    private record Running(ConfigurableApplicationContext context) {

        Browser browser() {
            return ApplicationContract.browserOf(context);
        }

        long calls() {
            return context.getBean(StoreCalls.class).count();
        }
    }

    private static void in(Class<? extends Shop> shop, Consumer<Running> visit) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(shop)
                .web(WebApplicationType.REACTIVE)
                .run(
                        "--server.port=0",
                        "--spring.main.banner-mode=off",
                        "--reactive-session.store=memory",
                        "--reactive-session.sweep.enabled=false")) {
            visit.accept(new Running(context));
        }
    }
}
