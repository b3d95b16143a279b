package dev.reactivesession.test.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.codec.json.JsonCodecSettings;
import dev.reactivesession.codec.json.JsonSessionCodec;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.security.PrincipalSessionRegistry;
import dev.reactivesession.security.RedirectRequestCache;
import dev.reactivesession.security.SecurityPrincipals;
import dev.reactivesession.security.SecurityTypes;
import dev.reactivesession.security.TerminatingWebSessionManager;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.web.BridgedWebSessionManager;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.SessionArgumentResolver;
import dev.reactivesession.web.SessionTransport;
import dev.reactivesession.web.SessionWebFilter;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.LogoutSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.RequestCacheSpec;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.session.ReactiveSessionRegistry;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.logout.WebSessionServerLogoutHandler;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import org.springframework.web.server.session.WebSessionManager;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The beans that docs/migrating-from-spring-session.md lists for an application without Spring Boot. */
@Timeout(120)
class PlainWebFluxTest {

    private AnnotationConfigApplicationContext context;

    private DisposableServer server;

    @Configuration
    @EnableWebFlux
    static class SessionConfiguration implements WebFluxConfigurer {

        @Bean
        SessionEngine engine(StoreCalls calls) {
            return SessionEngine.over(new InMemorySessionStore())
                    .codec(new JsonSessionCodec(SecurityTypes.in(
                            JsonCodecSettings.defaults(), getClass().getClassLoader())))
                    .principals(new SecurityPrincipals())
                    .probe(calls)
                    .build();
        }

        @Bean
        SessionTransport transport() {
            return new CookieTransport(CookieSettings.defaults());
        }

        @Bean
        SessionWebFilter filter(SessionEngine engine, SessionTransport transport) {
            return new SessionWebFilter(engine, transport);
        }

        @Bean
        WebSessionManager webSessionManager(SessionEngine engine, SessionTransport transport) {
            return new TerminatingWebSessionManager(new BridgedWebSessionManager(engine, transport), engine.sessions());
        }

        @Override
        public void configureArgumentResolvers(ArgumentResolverConfigurer resolvers) {
            resolvers.addCustomResolver(new SessionArgumentResolver(ReactiveAdapterRegistry.getSharedInstance()));
        }

        @Bean
        ReactiveSessionRegistry registry(SessionEngine engine) {
            return new PrincipalSessionRegistry(engine.sessions());
        }

        @Bean
        Customizer<RequestCacheSpec> requestCache() {
            return cache -> cache.requestCache(new RedirectRequestCache());
        }

        @Bean
        Customizer<LogoutSpec> logout() {
            return logout -> logout.logoutHandler(handlers -> handlers.add(new WebSessionServerLogoutHandler()));
        }
    }

    @Configuration
    @EnableWebFluxSecurity
    @Import({SessionConfiguration.class, SecuredApplication.Pages.class})
    static class Application {

        @Bean
        StoreCalls calls() {
            return new StoreCalls();
        }

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
                    .build();
        }
    }

    @BeforeEach
    void start() {
        context = new AnnotationConfigApplicationContext(Application.class);
        server = HttpServer.create()
                .host("localhost")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(
                        WebHttpHandlerBuilder.applicationContext(context).build()))
                .bindNow();
    }

    @AfterEach
    void stop() {
        server.disposeNow();
        context.close();
    }

    @Test
    void a_visitor_logs_in_and_out_and_an_untouched_request_costs_nothing() {
        Browser user = new Browser(URI.create("http://localhost:" + server.port()));
        user.get("/open/count");
        Map<String, String> planted = user.cookies();

        HttpResponse<String> refused = user.get("/me");
        assertThat(Browser.location(refused)).isEqualTo("/login");
        assertThat(Browser.location(user.logIn("alice"))).isEqualTo("/me");
        assertThat(user.cookies().values()).isNotEmpty().doesNotContainAnyElementsOf(planted.values());
        assertThat(user.get("/me").body()).isEqualTo("alice in session");
        assertThat(user.get("/open/count").body()).isEqualTo("2");

        long before = context.getBean(StoreCalls.class).count();
        assertThat(user.get("/open/hello").body()).isEqualTo("hello");
        assertThat(context.getBean(StoreCalls.class).count()).isEqualTo(before);

        user.logOut();
        assertThat(user.cookies()).isEmpty();
        assertThat(user.get("/open/count-seen").body()).isEqualTo("null");
    }
}
