package dev.reactivesession.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.engine.KnownRandom;
import dev.reactivesession.web.SessionAccess;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Tokens come from the generator that gets fresh entropy whenever the application starts, with every store. */
class FreshTokensTest {

    private final ReactiveWebApplicationContextRunner application = new ReactiveWebApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(WebFluxAutoConfiguration.class, ReactiveSessionAutoConfiguration.class))
            .withBean("start", RouterFunction.class, FreshTokensTest::start)
            .withPropertyValues("reactive-session.store=memory", "reactive-session.sweep.enabled=false");

    private static RouterFunction<ServerResponse> start() {
        return RouterFunctions.route()
                .GET(
                        "/",
                        request -> SessionAccess.session(request)
                                .doOnNext(Session::start)
                                .flatMap(session -> ServerResponse.ok().build()))
                .build();
    }

    @Test
    void the_generator_starts_with_the_application() {
        application.run(context -> assertThat(
                        context.getBean(FreshRandomLifecycle.class).isRunning())
                .isTrue());
    }

    @Test
    void tokens_are_drawn_from_it() {
        List<String> tokens = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            application
                    .withBean(FreshRandomLifecycle.class, () -> new FreshRandomLifecycle(KnownRandom.create()))
                    .run(context -> tokens.add(token(context)));
        }

        assertThat(tokens).hasSize(2).doesNotContainNull();
        assertThat(tokens.get(0)).isEqualTo(tokens.get(1));
    }

    private static String token(ApplicationContext context) {
        return WebTestClient.bindToApplicationContext(context)
                .build()
                .get()
                .uri("/")
                .exchange()
                .returnResult(Void.class)
                .getResponseCookies()
                .getFirst("__Host-session")
                .getValue();
    }
}
