package dev.reactivesession.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionLimits;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.test.web.reactive.server.WebTestClient;

/** What a start says: where sessions are, and what was configured in vain. */
@ExtendWith(OutputCaptureExtension.class)
class StartReportTest {

    private final ReactiveWebApplicationContextRunner application = new ReactiveWebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    WebFluxAutoConfiguration.class,
                    ReactiveSessionAutoConfiguration.class,
                    ReactiveSessionLogAutoConfiguration.class));

    private static StoreOffer redis() {
        return new StoreOffer.Kept("redis", InMemorySessionStore::new).at(() -> "Redis at localhost:6379");
    }

    private void start(String... settings) {
        application
                .withPropertyValues(settings)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void one_line_says_where_sessions_are_and_how_long_they_live(CapturedOutput output) {
        application
                .withBean("redis", StoreOffer.class, StartReportTest::redis)
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(output)
                .contains("Sessions in Redis at localhost:6379, cookie __Host-session, idle 30m, absolute 12h,"
                        + " touched at most every 1m")
                .doesNotContain("WARN");
    }

    @Test
    void a_second_back_end_that_was_not_chosen_is_named(CapturedOutput output) {
        application
                .withBean("redis", StoreOffer.class, StartReportTest::redis)
                .withBean("r2dbc", StoreOffer.class, () -> new StoreOffer.Kept("r2dbc", InMemorySessionStore::new))
                .withPropertyValues("reactive-session.store=redis")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(output).contains("not used for sessions: r2dbc (reactive-session.store chooses)");
    }

    @Test
    void a_back_end_from_outside_is_chosen_by_its_own_name(CapturedOutput output) {
        application
                .withBean(
                        "mine",
                        StoreOffer.class,
                        () -> new StoreOffer.Kept("mongodb", InMemorySessionStore::new).at(() -> "MongoDB at db:27017"))
                .withBean("redis", StoreOffer.class, StartReportTest::redis)
                .withPropertyValues("reactive-session.store=mongodb")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(output).contains("Sessions in MongoDB at db:27017, ");
    }

    @Test
    void own_beans_and_other_settings_are_what_the_line_says(CapturedOutput output) {
        application
                .withBean(SessionStore.class, InMemorySessionStore::new)
                .withPropertyValues(
                        "reactive-session.header.name=X-Session-Token",
                        "reactive-session.idle-timeout=7d",
                        "reactive-session.absolute-timeout=none")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(output)
                .contains("Sessions in your bean of type dev.reactivesession.store.InMemorySessionStore,"
                        + " header X-Session-Token, idle 7d, absolute none, touched at most every 1m");
    }

    @Test
    void an_own_engine_is_said_to_be_one(CapturedOutput output) {
        application
                .withBean(
                        SessionEngine.class,
                        () -> SessionEngine.over(new InMemorySessionStore()).build())
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(output).contains("Sessions in your own SessionEngine");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        reactive-session.idel-timeout=5m           | Did you mean reactive-session.idle-timeout?
        reactive-session.idle_timout=5m            | Did you mean reactive-session.idle-timeout?
        reactive-session.cookie.samesit=lax        | Did you mean reactive-session.cookie.same-site?
        reactive-session.sweep.intervall=5m        | Did you mean reactive-session.sweep.interval?
        reactive-session.quite.something.else=true | there is no such setting.
        reactive-session.redis.prefix=shop         | reactive-session-redis is not on the class path.
        reactive-session.sealed.keys[0]=abc        | reactive-session-cookie is not on the class path.
        reactivesession.idletimout=5m              | there is no such setting.
        """)
    void a_misspelt_setting_is_named_with_the_nearest_one(String setting, String hint, CapturedOutput output) {
        start(setting, "reactive-session.store=memory");

        assertThat(output)
                .contains("WARN")
                .contains(setting.substring(0, setting.indexOf('=')).replace("_", "") + " has no effect: ")
                .contains(hint);
    }

    @Test
    void settings_that_exist_are_not_warned_of_however_they_are_written(CapturedOutput output) {
        start(
                "reactive-session.store=memory",
                "REACTIVESESSION_IDLETIMEOUT=20m",
                "reactive-session.idleTimeout=20m",
                "reactive-session.json.allowed-packages[0]=com.example.shop",
                "reactive-session.json.allowed-types=com.example.shop.Cart",
                "reactive-session.max-per-principal.maximum=3",
                "reactive-session.memory.max-sessions=10",
                "server.reactive.session.timeout=10m",
                "server.reactive.session.cookie.name=mine");

        assertThat(output).doesNotContain("WARN").doesNotContain("has no effect");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        spring.session.data.redis.namespace  | reactive-session.redis.prefix
        spring.session.redis.namespace       | reactive-session.redis.prefix
        spring.session.data.redis.flush-mode | reactive-session.redis
        spring.session.store-type            | reactive-session.store
        server.servlet.session.timeout       | reactive-session.idle-timeout
        server.servlet.session.cookie.name   | reactive-session.cookie
        """)
    void a_setting_of_other_sessions_is_named_with_the_one_that_replaces_it(
            String setting, String replacement, CapturedOutput output) {
        start(setting + "=1m", "reactive-session.store=memory");

        assertThat(output).contains(setting + " has no effect on these sessions; see " + replacement + ".");
    }

    @Test
    void the_timeout_of_spring_session_counts_before_that_of_the_server_and_after_ours() {
        application
                .withPropertyValues("spring.session.timeout=90", "server.reactive.session.timeout=10m")
                .run(context -> assertThat(context.getBean(SessionLimits.class).idleTimeout())
                        .isEqualTo(Duration.ofSeconds(90)));
        application
                .withPropertyValues("spring.session.timeout=90", "reactive-session.idle-timeout=20m")
                .run(context -> assertThat(context.getBean(SessionLimits.class).idleTimeout())
                        .isEqualTo(Duration.ofMinutes(20)));
    }

    @Test
    void the_maximum_of_the_server_bounds_sessions_in_memory_and_no_others(CapturedOutput output) {
        start("server.reactive.session.max-sessions=0", "reactive-session.memory.max-sessions=5");
        assertThat(output).doesNotContain("max-sessions has no effect");
        application
                .withPropertyValues("server.reactive.session.max-sessions=0")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("reactive-session.memory.max-sessions is 0"));
        application
                .withBean("redis", StoreOffer.class, StartReportTest::redis)
                .withPropertyValues("server.reactive.session.max-sessions=0")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(output).contains("server.reactive.session.max-sessions has no effect");
    }

    @ParameterizedTest
    @CsvSource({
        "1.3.6, true",
        "1.3.7, true",
        "1.3.8, false",
        "1.3.10, false",
        "1.4.0-M1, false",
        "1.2.99, true",
        "2.0.0, false",
        "unknown, false"
    })
    void a_reactor_netty_before_1_3_8_is_too_old(String version, boolean tooOld) {
        assertThat(NettyVersion.isTooOld(version)).isEqualTo(tooOld);
    }

    @Test
    void the_reactor_netty_of_this_build_is_not() {
        assertThat(NettyVersion.warning(getClass().getClassLoader())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://shop.example.com/start, true, true",
        "https://shop.example.com/start, true, false",
        "http://localhost/start, true, false",
        "http://127.0.0.1/start, true, false",
        "http://[::1]/start, true, false",
        "http://shop.example.com/start, false, false"
    })
    void a_secure_cookie_over_plain_http_is_one_warning(
            String uri, boolean secure, boolean warns, CapturedOutput output) {
        application
                .withUserConfiguration(DashboardTest.Pages.class)
                .withPropertyValues("reactive-session.store=memory", "reactive-session.cookie.secure=" + secure)
                .run(context -> {
                    WebTestClient client =
                            WebTestClient.bindToApplicationContext(context).build();
                    for (int visitor = 0; visitor < 3; visitor++) {
                        client.get().uri(uri).exchange().expectStatus().isOk();
                    }
                });

        assertThat(output.getAll().lines().filter(line -> line.contains("over plain http")))
                .hasSize(warns ? 1 : 0)
                .allMatch(line -> line.contains("reactive-session.cookie.secure=false")
                        && line.contains("server.forward-headers-strategy"));
    }
}
