package dev.reactivesession.docs.howto;

import static dev.reactivesession.web.SessionAccess.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.Sessions;
import dev.reactivesession.boot.SessionEventListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.ReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.SwitchUserWebFilter;
import org.springframework.security.web.server.context.WebSessionServerSecurityContextRepository;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The page about acting as another user, without Spring Security and with it. */
@Timeout(120)
class ImpersonationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final List<String> SETTINGS =
            List.of("reactive-session.store=memory", "reactive-session.cookie.secure=false");

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private static final Pattern BLOCK = Pattern.compile("(?s)```java\n(.*?)```");

    private final Browser sue = new Browser();

    /** Who acted as whom. */
    static final class Audit implements SessionEventListener {

        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        public void onEvent(SessionEvent event) {
            if (event instanceof SessionEvent.Impersonated acted) {
                lines.add(acted.actor() + " as " + acted.principal());
            }
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Shop {

        @Bean
        Audit audit() {
            return new Audit();
        }

        @Bean
        RouterFunction<ServerResponse> routes() {
            return RouterFunctions.route()
                    .GET("/who", request -> answer(request, session -> {}))
                    .PUT("/login/{user}", request -> answer(request, session -> login(session, user(request))))
                    .PUT("/as/bob", request -> answer(request, Shop::actAsBob))
                    .PUT("/as/carol", request -> answer(request, session -> session.actAs("carol")))
                    .PUT("/back", request -> answer(request, Shop::back))
                    .build();
        }

        private static void login(Session session, String user) {
            session.login(user);
            session.put("cart", List.of("tea"));
        }

        private static void actAsBob(Session session) {
            session.actAs("bob");
        }

        private static void back(Session session) {
            session.login(session.actor().orElseThrow());
        }

        private static String who(Session session) {
            String who = session.actor().orElse("nobody") + " as "
                    + session.principal().orElseThrow();
            return who;
        }

        private static String user(ServerRequest request) {
            return request.pathVariable("user");
        }

        private static Mono<ServerResponse> answer(ServerRequest request, Consumer<Session> work) {
            return session(request)
                    .doOnNext(work)
                    .map(session -> session.principal().isEmpty()
                            ? "a visitor"
                            : who(session) + " " + session.<Object>get("cart"))
                    .flatMap(answer -> ServerResponse.ok().bodyValue(answer));
        }
    }

    @Test
    void thePageShowsTheseLinesAndThisChain() throws IOException {
        String here =
                plain(Files.readString(Path.of("src/test/java/dev/reactivesession/docs/howto/ImpersonationTest.java")));
        List<String> blocks = BLOCK.matcher(Files.readString(Path.of("..", "docs", "how-to", "impersonation.md")))
                .results()
                .map(block -> block.group(1))
                .toList();

        assertThat(blocks).hasSize(3);
        assertThat((blocks.get(0) + blocks.get(1)).lines())
                .allSatisfy(line -> assertThat(here).contains(plain(line)));
        assertThat(here).contains(plain(blocks.get(2)));
    }

    @Test
    void bothNamesAreInTheSessionAndInAnEventUntilTheOneWhoActsIsBack() {
        try (RunningApplication shop = RunningApplication.start(Shop.class, SETTINGS)) {
            put(shop, "/login/sue");
            String asSue = token();

            assertThat(put(shop, "/as/bob")).isEqualTo("sue as bob [tea]");
            String asBob = token();
            assertThat(put(shop, "/as/carol")).isEqualTo("sue as carol [tea]");
            assertThat(put(shop, "/back")).isEqualTo("nobody as sue [tea]");

            assertThat(List.of(asSue, asBob, token())).doesNotHaveDuplicates();
            assertThat(withToken(shop, asSue)).isEqualTo("a visitor");
            assertThat(withToken(shop, asBob)).isEqualTo("a visitor");
            assertThat(who(shop)).isEqualTo("nobody as sue [tea]");
            assertThat(shop.context().getBean(Audit.class).lines).containsExactly("sue as bob", "sue as carol");
        }
    }

    @Test
    void theSessionIsThatOfTheOtherUserMeanwhile() {
        try (RunningApplication shop = RunningApplication.start(
                Shop.class, RunningApplication.with(SETTINGS, "reactive-session.max-per-principal.maximum=1"))) {
            Sessions sessions = shop.context().getBean(Sessions.class);
            Browser bob = new Browser();
            bob.put(shop.address() + "/login/bob");
            put(shop, "/login/sue");

            assertThat(put(shop, "/as/bob")).isEqualTo("sue as bob [tea]");
            assertThat(bob.get(shop.address() + "/who").body()).isEqualTo("nobody as bob [tea]");
            assertThat(sessions.findByPrincipal("bob")
                            .map(session -> session.actor().orElse("nobody"))
                            .collectList()
                            .block(PATIENCE))
                    .containsExactlyInAnyOrder("nobody", "sue");

            sessions.terminateAll("bob").block(PATIENCE);
            assertThat(who(shop)).isEqualTo("a visitor");
        }
    }

    @Test
    void aLaterLoginOfTheOtherUserDoesNotCountIt() {
        try (RunningApplication shop = RunningApplication.start(
                Shop.class, RunningApplication.with(SETTINGS, "reactive-session.max-per-principal.maximum=1"))) {
            put(shop, "/login/sue");
            put(shop, "/as/bob");

            new Browser().put(shop.address() + "/login/bob");

            assertThat(who(shop)).isEqualTo("sue as bob [tea]");
        }
    }

    @Test
    void anyLoginForgetsTheOneWhoActs() {
        try (RunningApplication shop = RunningApplication.start(Shop.class, SETTINGS)) {
            put(shop, "/login/sue");
            put(shop, "/as/bob");

            assertThat(put(shop, "/login/bob")).isEqualTo("nobody as bob [tea]");
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableWebFluxSecurity
    static class SecuredShop {

        @Bean
        Audit audit() {
            return new Audit();
        }

        @Bean
        MapReactiveUserDetailsService users() {
            return new MapReactiveUserDetailsService(user("sue", "SUPPORT"), user("bob", "USER"));
        }

        private static UserDetails user(String name, String role) {
            return User.withUsername(name).password("{noop}secret").roles(role).build();
        }

        @Bean
        SecurityWebFilterChain support(ServerHttpSecurity http, ReactiveUserDetailsService users) {
            SwitchUserWebFilter switching = new SwitchUserWebFilter(users, "/", "/login?error");
            switching.setSecurityContextRepository(new WebSessionServerSecurityContextRepository());
            return http.authorizeExchange(exchange -> exchange.pathMatchers("/login/impersonate")
                            .hasRole("SUPPORT")
                            .anyExchange()
                            .authenticated())
                    .formLogin(defaults -> {})
                    .addFilterAfter(switching, SecurityWebFiltersOrder.AUTHORIZATION)
                    .build();
        }

        @Bean
        RouterFunction<ServerResponse> routes() {
            return RouterFunctions.route()
                    .GET("/who", request -> Shop.answer(request, session -> {}))
                    .build();
        }
    }

    @Test
    void springSecuritysFilterBeginsAndEndsIt() {
        try (RunningApplication shop = RunningApplication.start(SecuredShop.class, SETTINGS)) {
            logIn(sue, shop, "sue");
            assertThat(who(shop)).isEqualTo("nobody as sue null");

            post(sue, shop, "/login/impersonate?username=bob", new LinkedMultiValueMap<>());
            assertThat(who(shop)).isEqualTo("sue as bob null");
            post(sue, shop, "/logout/impersonate", new LinkedMultiValueMap<>());
            assertThat(who(shop)).isEqualTo("nobody as sue null");
            assertThat(shop.context().getBean(Audit.class).lines).containsExactly("sue as bob");
        }
    }

    @Test
    void aUserWithoutTheRoleCannotBeginIt() {
        try (RunningApplication shop = RunningApplication.start(SecuredShop.class, SETTINGS)) {
            Browser bob = new Browser();
            logIn(bob, shop, "bob");

            assertThat(post(bob, shop, "/login/impersonate?username=sue", new LinkedMultiValueMap<>()))
                    .isEqualTo(403);
            assertThat(bob.get(shop.address() + "/who").body()).isEqualTo("nobody as bob null");
        }
    }

    private static void logIn(Browser browser, RunningApplication shop, String user) {
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        form.add("username", user);
        form.add("password", "secret");
        assertThat(post(browser, shop, "/login", form)).isEqualTo(302);
    }

    private static int post(Browser browser, RunningApplication shop, String path, MultiValueMap<String, String> form) {
        String page =
                browser.get(shop.address() + "/login", "Accept", "text/html").body();
        Matcher csrf = CSRF.matcher(page);
        assertThat(csrf.find()).as(page).isTrue();
        form.add("_csrf", csrf.group(1));
        return browser.post(shop.address() + path, form).status();
    }

    private String put(RunningApplication shop, String path) {
        return sue.put(shop.address() + path).body();
    }

    private String who(RunningApplication shop) {
        return sue.get(shop.address() + "/who").body();
    }

    private static String withToken(RunningApplication shop, String token) {
        Browser thief = new Browser();
        thief.cookies().put("session", token);
        return thief.get(shop.address() + "/who").body();
    }

    private String token() {
        return sue.cookies().get("session");
    }

    private static String plain(String code) {
        return code.replaceAll("\\s+", "");
    }
}
