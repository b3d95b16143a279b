package dev.reactivesession.test.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
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
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.LogoutSpec;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.logout.SecurityContextServerLogoutHandler;
import reactor.core.publisher.Mono;

/** What becomes of the session at a logout that the application has a say in. */
@Timeout(120)
class LogoutHandlersTest {

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(SecuredApplication.Pages.class)
    abstract static class Shop {

        @Bean
        MapReactiveUserDetailsService users() {
            return new MapReactiveUserDetailsService(
                    new User("alice", "{noop}secret", AuthorityUtils.createAuthorityList("ROLE_USER")));
        }

        @Bean
        SecurityWebFilterChain chain(ServerHttpSecurity http) {
            return http.authorizeExchange(exchange -> exchange.pathMatchers("/open/**")
                            .permitAll()
                            .anyExchange()
                            .authenticated())
                    .formLogin(defaults -> {})
                    .logout(this::logout)
                    .build();
        }

        abstract void logout(LogoutSpec logout);
    }

    static class OneInPlaceOfAll extends Shop {

        @Override
        void logout(LogoutSpec logout) {
            logout.logoutHandler(new SecurityContextServerLogoutHandler());
        }
    }

    static class OneMore extends Shop {

        @Override
        void logout(LogoutSpec logout) {
            logout.logoutHandler(handlers -> handlers.add((exchange, user) -> Mono.fromRunnable(
                    () -> exchange.getExchange().getResponse().getHeaders().set("X-Goodbye", user.getName()))));
        }
    }

    @Test
    void a_handler_of_ones_own_takes_the_place_of_ours_and_may_leave_the_data() {
        in(OneInPlaceOfAll.class, user -> {
            user.logOut();

            assertThat(user.get("/me").statusCode()).isEqualTo(302);
            assertThat(user.get("/open/who").body()).isEqualTo("nobody");
            assertThat(user.get("/open/count-seen").body()).isEqualTo("1");
        });
    }

    @Test
    void a_handler_that_is_added_leaves_ours_in_place() {
        in(OneMore.class, user -> {
            assertThat(user.logOut().headers().firstValue("X-Goodbye")).hasValue("alice");

            assertThat(user.cookies()).isEmpty();
            assertThat(user.get("/me").statusCode()).isEqualTo(302);
            assertThat(user.get("/open/count-seen").body()).isEqualTo("null");
        });
    }

    private static void in(Class<? extends Shop> shop, Consumer<Browser> visit) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(shop)
                .web(WebApplicationType.REACTIVE)
                .run(
                        "--server.port=0",
                        "--spring.main.banner-mode=off",
                        "--reactive-session.store=memory",
                        "--reactive-session.sweep.enabled=false")) {
            Browser user = new Browser(
                    URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port")));
            user.get("/open/count");
            user.logIn("alice");
            assertThat(user.get("/me").body()).isEqualTo("alice in session");
            visit.accept(user);
        }
    }
}
