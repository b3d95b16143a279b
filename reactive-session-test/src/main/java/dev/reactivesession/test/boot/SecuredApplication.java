package dev.reactivesession.test.boot;

import dev.reactivesession.Attribute;
import dev.reactivesession.Session;
import java.security.Principal;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.SessionLimit;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.SessionAttribute;
import org.springframework.web.bind.annotation.SessionAttributes;
import org.springframework.web.bind.support.SessionStatus;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Mono;

/** Spring Security's default chain, with everything under {@code /open} permitted. */
@SpringBootConfiguration
@EnableAutoConfiguration
class SecuredApplication {

    @Bean
    StoreCalls storeCalls() {
        return new StoreCalls();
    }

    @Bean
    MapReactiveUserDetailsService users() {
        return new MapReactiveUserDetailsService(user("alice"), user("bob"));
    }

    private static UserDetails user(String name) {
        return new User(name, "{noop}secret", AuthorityUtils.createAuthorityList("ROLE_USER"));
    }

    @Bean
    SecurityWebFilterChain chain(
            ServerHttpSecurity http,
            @Value("${application.login:form}") String login,
            @Value("${application.max-sessions:0}") int maxSessions) {
        http.authorizeExchange(exchange ->
                exchange.pathMatchers("/open/**").permitAll().anyExchange().authenticated());
        if (maxSessions > 0) {
            http.sessionManagement(sessions ->
                    sessions.concurrentSessions(limit -> limit.maximumSessions(SessionLimit.of(maxSessions))));
        }
        if (login.equals("oauth2")) {
            http.oauth2Login(defaults -> {});
        } else if (login.equals("oidc")) {
            http.oauth2Login(defaults -> {}).oidcLogout(logout -> logout.backChannel(defaults -> {}));
        } else {
            http.formLogin(defaults -> {});
        }
        return http.build();
    }

    @Controller
    @ResponseBody
    static class Pages {

        private static final Attribute<Integer> COUNT = Attribute.of("count", Integer.class);

        @GetMapping("/open/hello")
        String hello() {
            return "hello";
        }

        @GetMapping("/open/csrf")
        Mono<String> csrf(ServerWebExchange exchange) {
            Mono<CsrfToken> token = exchange.getRequiredAttribute(CsrfToken.class.getName());
            return token.map(CsrfToken::getToken);
        }

        @GetMapping("/open/count")
        String count(Session session) {
            return String.valueOf(session.compute(COUNT, count -> count == null ? 1 : count + 1));
        }

        @GetMapping("/open/count-seen")
        Mono<String> countSeen(ServerWebExchange exchange) {
            return exchange.getSession().map(session -> String.valueOf(session.<Object>getAttribute("count")));
        }

        @PostMapping("/open/echo")
        String echo(ServerHttpRequest request) {
            return request.getPath().value();
        }

        @GetMapping("/open/who")
        Mono<String> who(Mono<Session> session) {
            return session.map(there -> there.principal().orElse("nobody"));
        }

        @GetMapping({"/me", "/me too"})
        String me(Principal principal, WebSession session, ServerHttpRequest request) {
            String query = request.getURI().getRawQuery();
            return principal.getName()
                    + (session.isStarted() ? " in session" : "")
                    + (query == null ? "" : " ?" + query);
        }
    }

    @Controller
    @SessionAttributes("draft")
    static class Drafts {

        @GetMapping("/open/draft")
        Rendering write(@RequestParam String text) {
            return Rendering.redirectTo("/open/draft/read")
                    .modelAttribute("draft", text)
                    .build();
        }

        @GetMapping("/open/draft/done")
        Rendering done(SessionStatus status) {
            status.setComplete();
            return Rendering.redirectTo("/open/draft/read").build();
        }
    }

    @Controller
    @ResponseBody
    static class DraftReader {

        @GetMapping("/open/draft/read")
        String read(@SessionAttribute(name = "draft", required = false) String draft) {
            return String.valueOf(draft);
        }
    }
}
