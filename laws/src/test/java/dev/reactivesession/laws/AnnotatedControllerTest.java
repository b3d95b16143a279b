package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.web.BridgedWebSessionManager;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.SessionArgumentResolver;
import dev.reactivesession.web.SessionTransport;
import dev.reactivesession.web.SessionWebFilter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@DisplayName("Annotated controllers")
class AnnotatedControllerTest {

    private final Application application = new Application();

    private final SessionTransport transport = new CookieTransport(CookieSettings.defaults());

    private final WebTestClient client = WebTestClient.bindToController(new Counter())
            .argumentResolvers(resolvers -> resolvers.addCustomResolver(
                    new SessionArgumentResolver(ReactiveAdapterRegistry.getSharedInstance())))
            .webFilter(application.failures, new SessionWebFilter(application.engine, transport))
            .webSessionManager(new BridgedWebSessionManager(application.engine, transport))
            .build();

    @Test
    @DisplayName("A Session argument is loaded, a Mono<Session> argument is not until it is subscribed")
    void argumentsAreResolved() {
        String token = new Visitor(client.mutate().baseUrl("/loaded").build(), application.failures, Application.COOKIE)
                .visit()
                .cookie()
                .getValue();
        application.forgetCalls();

        client.get()
                .uri("/loaded")
                .cookie(Application.COOKIE, token)
                .exchange()
                .expectBody(String.class)
                .isEqualTo("2");
        client.get()
                .uri("/lazy")
                .cookie(Application.COOKIE, token)
                .exchange()
                .expectBody(String.class)
                .isEqualTo("2");
        client.get()
                .uri("/flux")
                .cookie(Application.COOKIE, token)
                .exchange()
                .expectBody(String.class)
                .isEqualTo("2");
        client.get()
                .uri("/unused")
                .cookie(Application.COOKIE, token)
                .exchange()
                .expectBody(String.class)
                .isEqualTo("ok");

        assertThat(application.calls()).containsExactly("find", "update", "find", "find");
    }

    @RestController
    private static final class Counter {

        @GetMapping("/loaded/")
        String first(Session session) {
            return loaded(session);
        }

        @GetMapping("/loaded")
        String loaded(Session session) {
            return String.valueOf(session.<Integer>compute("n", n -> n == null ? 1 : n + 1));
        }

        @GetMapping("/lazy")
        Mono<String> lazy(Mono<Session> session) {
            return session.map(there -> String.valueOf(there.<Integer>get("n")));
        }

        @GetMapping("/flux")
        Flux<String> flux(Flux<Session> session) {
            return session.map(there -> String.valueOf(there.<Integer>get("n")));
        }

        @GetMapping("/unused")
        String unused(Mono<Session> session) {
            return "ok";
        }
    }
}
