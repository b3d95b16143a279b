package dev.reactivesession.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.ConflictPolicy;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.SessionPolicies;
import dev.reactivesession.Sessions;
import dev.reactivesession.UnreadablePolicy;
import dev.reactivesession.codec.JsonSessionCodec;
import dev.reactivesession.codec.SessionCodec;
import dev.reactivesession.engine.PrincipalSource;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.security.PrincipalSessionRegistry;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.HeaderTransport;
import dev.reactivesession.web.SameSite;
import dev.reactivesession.web.SessionArgumentResolver;
import dev.reactivesession.web.SessionTransport;
import dev.reactivesession.web.SessionWebFilter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.security.core.session.InMemoryReactiveSessionRegistry;
import org.springframework.security.core.session.ReactiveSessionRegistry;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.security.web.server.savedrequest.ServerRequestCache;
import org.springframework.web.server.session.DefaultWebSessionManager;
import org.springframework.web.server.session.WebSessionManager;

@ExtendWith(OutputCaptureExtension.class)
class ReactiveSessionAutoConfigurationTest {

    private final ReactiveWebApplicationContextRunner application = new ReactiveWebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    WebFluxAutoConfiguration.class,
                    ReactiveSessionAutoConfiguration.class,
                    ReactiveSessionSecurityAutoConfiguration.class));

    @Test
    void without_any_store_sessions_are_in_memory_and_the_log_names_the_modules(CapturedOutput output) {
        application.run(context -> assertThat(context)
                .hasSingleBean(SessionEngine.class)
                .hasSingleBean(Sessions.class)
                .hasSingleBean(SessionWebFilter.class)
                .hasSingleBean(SessionArgumentResolver.class)
                .hasSingleBean(WebSessionManager.class));

        assertThat(output)
                .contains("kept in memory")
                .contains("reactive-session-r2dbc")
                .contains("reactive-session-redis")
                .contains("reactive-session-cookie");
    }

    @Test
    void memory_by_choice_is_no_reason_to_warn(CapturedOutput output) {
        application
                .withPropertyValues("reactive-session.store=memory")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(output).doesNotContain("kept in memory");
    }

    @Test
    void the_only_offer_is_taken() {
        AtomicInteger made = new AtomicInteger();
        application
                .withBean("offer", StoreOffer.class, () -> offer(StoreKind.REDIS, made))
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(made).hasValue(1);
    }

    @Test
    void of_several_offers_the_one_that_is_named_is_taken_and_no_other_is_made() {
        AtomicInteger redis = new AtomicInteger();
        AtomicInteger r2dbc = new AtomicInteger();
        application
                .withBean("redis", StoreOffer.class, () -> offer(StoreKind.REDIS, redis))
                .withBean("r2dbc", StoreOffer.class, () -> offer(StoreKind.R2DBC, r2dbc))
                .withPropertyValues("reactive-session.store=r2dbc")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(r2dbc).hasValue(1);
        assertThat(redis).hasValue(0);
    }

    @Test
    void tiered_takes_both_offers() {
        AtomicInteger redis = new AtomicInteger();
        AtomicInteger r2dbc = new AtomicInteger();
        application
                .withBean("redis", StoreOffer.class, () -> offer(StoreKind.REDIS, redis))
                .withBean("r2dbc", StoreOffer.class, () -> offer(StoreKind.R2DBC, r2dbc))
                .withPropertyValues("reactive-session.store=tiered", "reactive-session.tiered.max-age=10s")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(r2dbc).hasValue(1);
        assertThat(redis).hasValue(1);
    }

    @Test
    void several_offers_and_no_choice_is_a_failure_that_says_so() {
        application
                .withBean("redis", StoreOffer.class, () -> offer(StoreKind.REDIS, new AtomicInteger()))
                .withBean("r2dbc", StoreOffer.class, () -> offer(StoreKind.R2DBC, new AtomicInteger()))
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(SessionException.Misconfigured.class)
                        .hasMessageContaining("(r2dbc, redis)")
                        .hasMessageContaining("reactive-session.store"));
    }

    @Test
    void a_choice_that_nobody_offers_is_a_failure_that_names_the_module() {
        application
                .withPropertyValues("reactive-session.store=redis")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("reactive-session.store is 'redis'")
                        .hasMessageContaining("reactive-session-redis is not on the class path"));
    }

    @Test
    void an_own_store_wins_over_every_offer() {
        AtomicInteger made = new AtomicInteger();
        application
                .withBean("own", SessionStore.class, InMemorySessionStore::new)
                .withBean("redis", StoreOffer.class, () -> offer(StoreKind.REDIS, made))
                .withBean("r2dbc", StoreOffer.class, () -> offer(StoreKind.R2DBC, made))
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(made).hasValue(0);
    }

    private static StoreOffer offer(StoreKind kind, AtomicInteger made) {
        return new StoreOffer.Kept(kind, () -> {
            made.incrementAndGet();
            return new InMemorySessionStore();
        });
    }

    @Test
    void own_beans_win_each_of_them() {
        SessionLimits limits = SessionLimits.defaults().withMaxReplays(7);
        SessionPolicies policies = SessionPolicies.defaults().withExtendOnAccess(false);
        SessionCodec codec = new JsonSessionCodec();
        SessionTransport transport = new HeaderTransport("X-Mine");
        WebSessionManager manager = new DefaultWebSessionManager();
        ServerRequestCache cache = NoOpServerRequestCache.getInstance();
        application
                .withBean(SessionLimits.class, () -> limits)
                .withBean(SessionPolicies.class, () -> policies)
                .withBean(SessionCodec.class, () -> codec)
                .withBean(SessionTransport.class, () -> transport)
                .withBean("webSessionManager", WebSessionManager.class, () -> manager)
                .withBean(PrincipalSource.class, () -> PrincipalSource.NONE)
                .withBean(ReactiveSessionRegistry.class, InMemoryReactiveSessionRegistry::new)
                .withBean(ServerRequestCache.class, () -> cache)
                .run(context -> {
                    assertThat(context.getBean(SessionEngine.class).limits()).isSameAs(limits);
                    assertThat(context.getBean(SessionPolicies.class)).isSameAs(policies);
                    assertThat(context.getBean(SessionCodec.class)).isSameAs(codec);
                    assertThat(context.getBean(SessionTransport.class)).isSameAs(transport);
                    assertThat(context.getBean(WebSessionManager.class)).isSameAs(manager);
                    assertThat(context).hasSingleBean(PrincipalSource.class);
                    assertThat(context).hasSingleBean(ReactiveSessionRegistry.class);
                    assertThat(context).doesNotHaveBean(PrincipalSessionRegistry.class);
                    assertThat(context.getBean(ServerRequestCache.class)).isSameAs(cache);
                });
    }

    @Test
    void an_own_engine_wins() {
        SessionEngine own = SessionEngine.over(new InMemorySessionStore())
                .codec(new JsonSessionCodec())
                .build();
        application
                .withBean(SessionEngine.class, () -> own)
                .run(context -> assertThat(context.getBean(Sessions.class)).isSameAs(own.sessions()));
    }

    @Test
    void a_customizer_has_the_last_word() {
        application
                .withBean(
                        SessionEngineCustomizer.class,
                        () -> builder -> builder.limits(SessionLimits.defaults().withMaxReplays(3)))
                .run(context -> assertThat(
                                context.getBean(SessionEngine.class).limits().maxReplays())
                        .isEqualTo(3));
    }

    @Test
    void switched_off_nothing_is_configured() {
        application
                .withPropertyValues("reactive-session.enabled=false")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(SessionEngine.class)
                        .doesNotHaveBean(ReactiveSessionRegistry.class)
                        .doesNotHaveBean("requestCacheCustomizer"));
    }

    @Test
    void without_security_there_is_nothing_of_it() {
        application
                .withClassLoader(new FilteredClassLoader("org.springframework.security"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(SessionEngine.class)
                        .doesNotHaveBean(PrincipalSource.class));
    }

    @Test
    void without_metrics_and_actuator_it_starts() {
        application
                .withConfiguration(AutoConfigurations.of(
                        ReactiveSessionMetricsAutoConfiguration.class,
                        ReactiveSessionObservationAutoConfiguration.class,
                        ReactiveSessionsEndpointAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader("io.micrometer", "org.springframework.boot.actuate"))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void every_setting_arrives() {
        application
                .withPropertyValues(
                        "reactive-session.idle-timeout=20m",
                        "reactive-session.absolute-timeout=8h",
                        "reactive-session.touch-interval=30s",
                        "reactive-session.store-timeout=500ms",
                        "reactive-session.max-replays=9",
                        "reactive-session.extend-on-access=false",
                        "reactive-session.on-conflict=refuse",
                        "reactive-session.on-unreadable=refuse",
                        "reactive-session.save-on-server-error=true",
                        "reactive-session.renewal.every=1h",
                        "reactive-session.renewal.grace=5s",
                        "reactive-session.max-per-principal.maximum=2",
                        "reactive-session.max-per-principal.action=refuse-new")
                .run(context -> {
                    assertThat(context.getBean(SessionLimits.class))
                            .isEqualTo(new SessionLimits(
                                    Duration.ofMinutes(20),
                                    Duration.ofHours(8),
                                    Duration.ofSeconds(30),
                                    Duration.ofMillis(500),
                                    9,
                                    new SessionLimits.Renewal(Duration.ofHours(1), Duration.ofSeconds(5)),
                                    new SessionLimits.PerPrincipal(2, SessionLimits.PerPrincipal.Action.REFUSE_NEW)));
                    assertThat(context.getBean(SessionPolicies.class))
                            .isEqualTo(
                                    new SessionPolicies(ConflictPolicy.REFUSE, UnreadablePolicy.REFUSE, false, true));
                });
    }

    @Test
    void the_absolute_timeout_is_switched_off_by_name() {
        application
                .withPropertyValues("reactive-session.absolute-timeout=none")
                .run(context -> assertThat(context.getBean(SessionLimits.class).absoluteTimeout())
                        .isNull());
    }

    @Test
    void the_defaults_are_the_safe_ones() {
        application.run(context -> {
            assertThat(context.getBean(SessionLimits.class)).isEqualTo(SessionLimits.defaults());
            assertThat(context.getBean(SessionPolicies.class)).isEqualTo(SessionPolicies.defaults());
            assertThat(context.getBean(CookieSettings.class)).isEqualTo(CookieSettings.defaults());
            assertThat(context.getBean(SessionTransport.class)).isInstanceOf(CookieTransport.class);
        });
    }

    @Test
    void boots_own_settings_are_honoured_where_ours_are_silent() {
        application
                .withPropertyValues(
                        "server.reactive.session.timeout=10m",
                        "server.reactive.session.cookie.domain=example.com",
                        "server.reactive.session.cookie.path=/shop",
                        "server.reactive.session.cookie.same-site=strict",
                        "server.reactive.session.cookie.max-age=7d",
                        "server.reactive.session.cookie.partitioned=true",
                        "reactive-session.cookie.path=/ours")
                .run(context -> {
                    assertThat(context.getBean(SessionLimits.class).idleTimeout())
                            .isEqualTo(Duration.ofMinutes(10));
                    assertThat(context.getBean(CookieSettings.class))
                            .isEqualTo(new CookieSettings(
                                    "__Secure-session",
                                    "/ours",
                                    "example.com",
                                    true,
                                    true,
                                    SameSite.STRICT,
                                    Duration.ofDays(7),
                                    true,
                                    1));
                });
    }

    @Test
    void one_switch_is_all_that_plain_http_needs() {
        application
                .withPropertyValues("reactive-session.cookie.secure=false")
                .run(context ->
                        assertThat(context.getBean(CookieSettings.class)).isEqualTo(CookieSettings.forPlainHttp()));
    }

    @Test
    void a_header_takes_the_place_of_the_cookie() {
        application
                .withPropertyValues("reactive-session.header.name=X-Session-Token")
                .run(context ->
                        assertThat(context.getBean(SessionTransport.class)).isInstanceOf(HeaderTransport.class));
    }

    @Test
    void sweeping_runs_with_the_application_and_can_be_switched_off() {
        application.run(context -> assertThat(context.getBean(SessionEngine.class)
                        .sweeper()
                        .orElseThrow()
                        .isStarted())
                .isTrue());
        application
                .withPropertyValues("reactive-session.sweep.enabled=false")
                .run(context -> assertThat(context.getBean(SessionEngine.class)
                                .sweeper()
                                .orElseThrow()
                                .isStarted())
                        .isFalse());
    }

    @Test
    void the_classes_of_an_application_are_stored_once_their_package_is_listed() {
        application
                .withPropertyValues("reactive-session.json.allowed-packages=dev.reactivesession.boot")
                .run(context -> assertThat(context.getBean(SessionCodec.class)
                                .encode("it", new TimeoutOrNone(Duration.ZERO), null)
                                .length())
                        .isPositive());
    }
}
