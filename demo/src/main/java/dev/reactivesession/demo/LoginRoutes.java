package dev.reactivesession.demo;

import static dev.reactivesession.web.SessionAccess.session;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.reactivesession.Session;
import java.time.Duration;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Login and logout, with the session's own means. */
@Configuration(proxyBeanMethods = false)
class LoginRoutes {

    private static final Resource FORM = new ClassPathResource("pages/login.html");

    private static final Duration MONTH = Duration.ofDays(30);

    private final Users users;

    LoginRoutes(Users users) {
        this.users = users;
    }

    @Bean
    RouterFunction<ServerResponse> loginAndLogout() {
        return route().GET("/login", LoginRoutes::form)
                .POST("/login", this::login)
                .POST("/logout", LoginRoutes::logout)
                .build();
    }

    private static Mono<ServerResponse> form(ServerRequest request) {
        return session(request)
                .doOnNext(Session::setTestCookie)
                .then(ServerResponse.ok().contentType(MediaType.TEXT_HTML).bodyValue(FORM));
    }

    private Mono<ServerResponse> login(ServerRequest request) {
        return Mono.zip(session(request), request.formData(), this::loginAndRemember)
                .flatMap(PlainText::ok);
    }

    private String loginAndRemember(Session session, MultiValueMap<String, String> form) {
        String answer = login(session, form);
        if (form.containsKey("remember-me") && session.principal().isPresent()) {
            session.remember(MONTH);
        }
        return answer;
    }

    private String login(Session session, MultiValueMap<String, String> form) {
        String username = field(form, "username");
        if (!session.testCookieWorked()) {
            return "Please enable cookies and try again.";
        }
        if (!users.match(username, field(form, "password"))) {
            return "Your username and password didn't match.";
        }
        session.deleteTestCookie();
        session.login(username);
        return "You're logged in.";
    }

    private static String field(MultiValueMap<String, String> form, String name) {
        return Objects.requireNonNullElse(form.getFirst(name), "");
    }

    private static Mono<ServerResponse> logout(ServerRequest request) {
        return session(request).doOnNext(Session::invalidate).then(PlainText.ok("You're logged out."));
    }
}
