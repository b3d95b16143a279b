package dev.reactivesession.cookie.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.Sessions;
import dev.reactivesession.boot.ReactiveSessionAutoConfiguration;
import dev.reactivesession.boot.SessionEventListener;
import dev.reactivesession.cookie.Revocations;
import dev.reactivesession.r2dbc.boot.R2dbcSessionAutoConfiguration;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.test.ControllableClock;
import dev.reactivesession.web.SessionAccess;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Ends sealed sessions by {@link Sessions}. */
@ExtendWith(OutputCaptureExtension.class)
class RevokedFromOutsideTest {

    private final ControllableClock clock = ControllableClock.at(Instant.parse("2026-03-01T12:00:00Z"));

    private final ReactiveWebApplicationContextRunner sealed = new ReactiveWebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    WebFluxAutoConfiguration.class,
                    R2dbcAutoConfiguration.class,
                    R2dbcSessionAutoConfiguration.class,
                    CookieSessionAutoConfiguration.class,
                    ReactiveSessionAutoConfiguration.class))
            .withUserConfiguration(Pages.class)
            .withBean(Clock.class, () -> clock)
            .withPropertyValues(
                    "reactive-session.store=cookie",
                    "reactive-session.sealed.keys=" + TestKeys.key(),
                    "reactive-session.sweep.enabled=false");

    @Configuration(proxyBeanMethods = false)
    static class Pages {

        @Bean
        RouterFunction<ServerResponse> pages() {
            return RouterFunctions.route()
                    .GET(
                            "/login",
                            request -> SessionAccess.session(request)
                                    .doOnNext(session -> session.login("alice"))
                                    .flatMap(session -> ServerResponse.ok().build()))
                    .GET(
                            "/who",
                            request -> SessionAccess.session(request)
                                    .flatMap(session -> ServerResponse.ok()
                                            .bodyValue(session.principal().orElse("nobody"))))
                    .GET(
                            "/end-others",
                            request -> SessionAccess.session(request)
                                    .flatMap(session -> sessionsOf(
                                                    request.exchange().getApplicationContext())
                                            .terminateOthers(session))
                                    .map(String::valueOf)
                                    .defaultIfEmpty("uncounted")
                                    .flatMap(ServerResponse.ok()::bodyValue))
                    .build();
        }
    }

    private static Sessions sessionsOf(ApplicationContext context) {
        return context.getBean(Sessions.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "r2dbc"})
    void all_sessions_of_a_user_are_ended_and_nobody_counts_them(String store) {
        sealed.withPropertyValues("reactive-session.sealed.revocation=" + store).run(context -> {
            WebTestClient client =
                    WebTestClient.bindToApplicationContext(context).build();
            String laptop = logIn(client);
            String phone = logIn(client);
            assertThat(who(client, laptop)).isEqualTo("alice");

            StepVerifier.create(sessionsOf(context).terminateAll("alice")).verifyComplete();

            assertThat(who(client, laptop)).isEqualTo("nobody");
            assertThat(who(client, phone)).isEqualTo("nobody");
            assertThat(who(client, logIn(client))).isEqualTo("alice");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "r2dbc"})
    void all_sessions_of_a_user_but_this_one_are_ended(String store) {
        sealed.withPropertyValues("reactive-session.sealed.revocation=" + store).run(context -> {
            WebTestClient client =
                    WebTestClient.bindToApplicationContext(context).build();
            String laptop = logIn(client);
            String phone = logIn(client);

            assertThat(body(client, "/end-others", laptop)).isEqualTo("uncounted");

            assertThat(who(client, laptop)).isEqualTo("alice");
            assertThat(who(client, phone)).isEqualTo("nobody");
            assertThat(body(client, "/end-others", "")).isEqualTo("0");
        });
    }

    @Test
    void what_is_remembered_is_swept_once_it_denies_nothing_any_more_and_that_is_no_expired_session() {
        List<SessionEvent> events = new CopyOnWriteArrayList<>();
        // a store with a clock of its own would not be swept at a time that is not its own
        sealed.withPropertyValues("reactive-session.sealed.revocation=memory")
                .withBean(SessionEventListener.class, () -> events::add)
                .run(context -> {
                    Sessions sessions = sessionsOf(context);
                    sessions.terminateAll("alice").block();

                    assertThat(sessions.sweep().blockLast().removed()).isZero();
                    clock.advance(Duration.ofHours(13));
                    assertThat(sessions.sweep().blockLast().removed()).isEqualTo(1);

                    assertThat(events).noneMatch(SessionEvent.Expired.class::isInstance);
                });
    }

    @Test
    void what_nobody_can_do_is_an_error_that_says_what_can_be_done_instead() {
        sealed.withPropertyValues("reactive-session.sealed.revocation=memory").run(context -> {
            Sessions sessions = sessionsOf(context);
            assertRefused(sessions.terminate(new SessionId(1, 2)), "terminateAll(principal)");
            assertRefused(sessions.terminateEverybody(), "replace the keys");
            assertRefused(sessions.find(new SessionId(1, 2)), "cannot be listed");
            assertRefused(sessions.countByPrincipal("alice"), "cannot be listed");
        });
    }

    @Test
    void revocations_in_memory_are_a_warning_at_the_start(CapturedOutput output) {
        sealed.withPropertyValues("reactive-session.sealed.revocation=memory").run(context -> {
            context.getBean(Revocations.class);
            assertThat(output)
                    .contains("WARN")
                    .contains("reactive-session.sealed.revocation=memory")
                    .contains("every restart ends all sessions");
        });
        sealed.withPropertyValues(
                        "reactive-session.sealed.revocation=memory",
                        "reactive-session.sealed.on-lost-revocations=keep-sessions")
                .run(context -> assertThat(output).contains("lets the ended sessions back in"));
    }

    @Test
    void without_revocation_the_error_names_the_setting() {
        sealed.run(context -> {
            assertThat(context).doesNotHaveBean(Revocations.class);
            assertRefused(sessionsOf(context).terminateAll("alice"), "reactive-session.sealed.revocation");
        });
    }

    @Test
    void revocations_of_ones_own_win() {
        Revocations[] own = new Revocations[1];
        sealed.withBean(
                        Revocations.class,
                        () -> own[0] = new Revocations(new InMemorySessionStore(), SessionLimits.defaults(), clock))
                .withPropertyValues("reactive-session.sealed.revocation=r2dbc")
                .run(context -> assertThat(context.getBean(Revocations.class)).isSameAs(own[0]));
    }

    private static void assertRefused(Mono<?> call, String hint) {
        StepVerifier.create(call)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(SessionException.Misconfigured.class)
                        .hasMessageContaining("sealed in the cookie")
                        .hasMessageContaining(hint))
                .verify(Duration.ofSeconds(10));
    }

    private static String logIn(WebTestClient client) {
        return client.get()
                .uri("/login")
                .exchange()
                .returnResult(Void.class)
                .getResponseCookies()
                .getFirst("__Host-session")
                .getValue();
    }

    private static String who(WebTestClient client, String token) {
        return body(client, "/who", token);
    }

    private static String body(WebTestClient client, String path, String token) {
        return client.get()
                .uri(path)
                .cookie("__Host-session", token)
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }
}
