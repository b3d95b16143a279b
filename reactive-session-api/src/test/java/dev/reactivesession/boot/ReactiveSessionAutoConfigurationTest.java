package dev.reactivesession.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.ConflictPolicy;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.SessionPolicies;
import dev.reactivesession.SessionToken;
import dev.reactivesession.Sessions;
import dev.reactivesession.UnreadablePolicy;
import dev.reactivesession.codec.SessionCodec;
import dev.reactivesession.codec.json.JsonSessionCodec;
import dev.reactivesession.engine.PrincipalSource;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SessionProbe;
import dev.reactivesession.security.PrincipalSessionRegistry;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.Opening;
import dev.reactivesession.store.SaveOutcome;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionVault;
import dev.reactivesession.store.TokenChange;
import dev.reactivesession.store.WriteName;
import dev.reactivesession.store.tiered.Invalidations;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.HeaderTransport;
import dev.reactivesession.web.SameSite;
import dev.reactivesession.web.SessionArgumentResolver;
import dev.reactivesession.web.SessionTransport;
import dev.reactivesession.web.SessionWebFilter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.session.InMemoryReactiveSessionRegistry;
import org.springframework.security.core.session.ReactiveSessionRegistry;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.security.web.server.savedrequest.ServerRequestCache;
import org.springframework.web.server.session.DefaultWebSessionManager;
import org.springframework.web.server.session.WebSessionManager;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

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
                .contains("dev.reactivesession:reactive-session-postgresql-spring-boot-starter")
                .contains("dev.reactivesession:reactive-session-h2-spring-boot-starter")
                .contains("dev.reactivesession:reactive-session-redis-spring-boot-starter")
                .contains("dev.reactivesession:reactive-session-cookie-spring-boot-starter");
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
                .withBean("offer", StoreOffer.class, () -> offer("redis", made))
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(made).hasValue(1);
    }

    @Test
    void of_several_offers_the_one_that_is_named_is_taken_and_no_other_is_made() {
        AtomicInteger redis = new AtomicInteger();
        AtomicInteger r2dbc = new AtomicInteger();
        application
                .withBean("redis", StoreOffer.class, () -> offer("redis", redis))
                .withBean("r2dbc", StoreOffer.class, () -> offer("r2dbc", r2dbc))
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
                .withBean("redis", StoreOffer.class, () -> offer("redis", redis))
                .withBean("r2dbc", StoreOffer.class, () -> offer("r2dbc", r2dbc))
                .withPropertyValues("reactive-session.store=tiered", "reactive-session.tiered.max-age=10s")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(r2dbc).hasValue(1);
        assertThat(redis).hasValue(1);
    }

    static Stream<Arguments> modulesAndChoices() {
        List<String> modules = List.of("r2dbc", "redis", "cookie");
        List<String> choices = new ArrayList<>(List.of("memory", "r2dbc", "redis", "cookie", "tiered"));
        choices.add(null);
        return IntStream.range(0, 1 << modules.size())
                .mapToObj(bits -> IntStream.range(0, modules.size())
                        .filter(module -> (bits & 1 << module) != 0)
                        .mapToObj(modules::get)
                        .toList())
                .flatMap(present -> choices.stream().map(choice -> Arguments.of(present, choice)));
    }

    /** Every subset of the modules, with every choice and with none. */
    @ParameterizedTest(name = "{0} on the class path, {1} chosen")
    @MethodSource("modulesAndChoices")
    void what_is_chosen_is_made_and_nothing_else_is(List<String> present, String choice) {
        List<String> made = new ArrayList<>();
        ReactiveWebApplicationContextRunner runner = application;
        for (String module : present) {
            runner = runner.withBean(module, StoreOffer.class, () -> offer(module, made));
        }
        if (choice != null) {
            runner = runner.withPropertyValues("reactive-session.store=" + choice);
        }
        String taken = choice != null ? choice : present.size() == 1 ? present.get(0) : "memory";
        List<String> needed = taken.equals("memory")
                ? List.of()
                : taken.equals("tiered") ? List.of("redis", "r2dbc") : List.of(taken);

        runner.run(context -> {
            if (choice == null && present.size() > 1) {
                assertThat(context.getStartupFailure()).rootCause().hasMessageContaining("several session stores");
            } else if (present.containsAll(needed)) {
                assertThat(context).hasNotFailed();
                assertThat(made).containsExactlyElementsOf(needed);
            } else {
                assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(SessionException.Misconfigured.class)
                        .hasMessageContaining("is not on the class path");
            }
        });
    }

    private static StoreOffer offer(String kind, List<String> made) {
        Supplier<SessionStore> store = () -> {
            made.add(kind);
            return new InMemorySessionStore();
        };
        return kind.equals("cookie")
                ? new StoreOffer.Sealed(kind, () -> SessionEngine.over(store.get()))
                : new StoreOffer.Kept(kind, store);
    }

    @Test
    void tiered_takes_what_is_made_for_copies_and_not_the_sessions_of_redis() {
        AtomicInteger sessions = new AtomicInteger();
        AtomicInteger copies = new AtomicInteger();
        application
                .withBean(
                        "redis",
                        StoreOffer.class,
                        () -> new StoreOffer.Kept("redis", counted(sessions)).withCopies(counted(copies)))
                .withBean("r2dbc", StoreOffer.class, () -> offer("r2dbc", new AtomicInteger()))
                .withPropertyValues("reactive-session.store=tiered")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(sessions).hasValue(0);
        assertThat(copies).hasValue(1);
    }

    private static Supplier<SessionStore> counted(AtomicInteger made) {
        return () -> {
            made.incrementAndGet();
            return new InMemorySessionStore();
        };
    }

    @Test
    void a_near_cache_answers_before_the_store_and_hears_what_other_nodes_say() {
        Sinks.Many<SessionId> others = Sinks.many().multicast().directBestEffort();
        List<SessionId> told = new CopyOnWriteArrayList<>();
        List<String> seen = new CopyOnWriteArrayList<>();
        InMemorySessionStore shared = new InMemorySessionStore();
        application
                .withBean("redis", StoreOffer.class, () -> redis(shared, others, told))
                .withBean(
                        TieredEventListener.class,
                        () -> (cache, event) -> seen.add(cache + " " + TagValues.name(event.getClass())))
                .withPropertyValues(
                        "reactive-session.store=redis",
                        "reactive-session.near-cache.size=1MB",
                        "reactive-session.near-cache.max-age=1h")
                .run(context -> {
                    SessionRecord record = record();
                    shared.insert(record).block();
                    Sessions sessions = context.getBean(Sessions.class);

                    assertThat(sessions.find(record.id()).block()).isNotNull();
                    assertThat(sessions.find(record.id()).block()).isNotNull();
                    shared.delete(record.id()).block();
                    assertThat(sessions.find(record.id()).block()).isNotNull();
                    others.emitNext(record.id(), Sinks.EmitFailureHandler.FAIL_FAST);

                    assertThat(sessions.find(record.id()).block()).isNull();
                    assertThat(seen).containsExactly("memory miss", "memory hit", "memory hit", "memory miss");
                    assertThat(sessions.terminate(new SessionId(7, 7)).block()).isFalse();
                    assertThat(told).contains(new SessionId(7, 7));
                });
        assertThat(others.currentSubscriberCount()).isZero();
    }

    private static StoreOffer redis(SessionStore store, Sinks.Many<SessionId> others, List<SessionId> told) {
        Invalidations invalidations = new Invalidations() {
            @Override
            public Mono<Void> publish(SessionId id) {
                return Mono.fromRunnable(() -> told.add(id));
            }

            @Override
            public Flux<SessionId> received() {
                return others.asFlux();
            }
        };
        return new StoreOffer.Kept("redis", () -> store).withInvalidations(() -> invalidations);
    }

    private static SessionRecord record() {
        Instant now = Instant.now();
        return new SessionRecord(
                new SessionId(1, 2),
                new byte[32],
                1,
                now,
                now,
                Duration.ofMinutes(30),
                now.plus(Duration.ofMinutes(30)),
                null,
                new JsonSessionCodec().join(Map.of()));
    }

    @Test
    void a_near_cache_without_caffeine_is_a_failure_that_names_it() {
        application
                .withClassLoader(new FilteredClassLoader("com.github.benmanes.caffeine"))
                .withPropertyValues("reactive-session.near-cache.size=1MB")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("reactive-session.near-cache.size")
                        .hasMessageContaining("com.github.ben-manes.caffeine:caffeine"));
    }

    @Test
    void several_offers_and_no_choice_is_a_failure_that_says_so() {
        application
                .withBean("redis", StoreOffer.class, () -> offer("redis", new AtomicInteger()))
                .withBean("r2dbc", StoreOffer.class, () -> offer("r2dbc", new AtomicInteger()))
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
                .withBean("redis", StoreOffer.class, () -> offer("redis", made))
                .withBean("r2dbc", StoreOffer.class, () -> offer("r2dbc", made))
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(made).hasValue(0);
    }

    private static StoreOffer offer(String kind, AtomicInteger made) {
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
    void own_parts_of_the_web_win_each_of_them() {
        SessionEngine engine = SessionEngine.over(new InMemorySessionStore()).build();
        CookieSettings cookie = CookieSettings.defaults().withName("__Host-mine");
        SessionTransport transport = new CookieTransport(cookie);
        SessionWebFilter filter = new SessionWebFilter(engine, transport);
        SessionArgumentResolver resolver = new SessionArgumentResolver(ReactiveAdapterRegistry.getSharedInstance());
        Sessions sessions = engine.sessions();
        application
                .withBean(CookieSettings.class, () -> cookie)
                .withBean(SessionWebFilter.class, () -> filter)
                .withBean(SessionArgumentResolver.class, () -> resolver)
                .withBean(Sessions.class, () -> sessions)
                .run(context -> {
                    assertThat(context.getBean(CookieSettings.class)).isSameAs(cookie);
                    assertThat(context.getBean(SessionWebFilter.class)).isSameAs(filter);
                    assertThat(context.getBean(SessionArgumentResolver.class)).isSameAs(resolver);
                    assertThat(context.getBean(Sessions.class)).isSameAs(sessions);
                });
    }

    @Test
    void an_own_vault_wins_over_every_store() {
        AtomicInteger made = new AtomicInteger();
        application
                .withBean(SessionVault.class, RefusingVault::new)
                .withBean(SessionStore.class, InMemorySessionStore::new)
                .withBean("redis", StoreOffer.class, () -> offer("redis", made))
                .run(context -> assertThat(context.getBean(SessionEngine.class).sweeper())
                        .isEmpty());

        assertThat(made).hasValue(0);
    }

    private static final class RefusingVault implements SessionVault {

        @Override
        public Mono<Opening> open(SessionToken token, Instant now) {
            return Mono.just(new Opening.Rejected(SessionEvent.Refused.Reason.MALFORMED));
        }

        @Override
        public Mono<SaveOutcome> insert(SessionRecord record, List<WriteName> writes) {
            return Mono.just(new SaveOutcome.Gone());
        }

        @Override
        public Mono<SaveOutcome> update(
                SessionRecord record, long basedOn, TokenChange change, List<WriteName> writes) {
            return Mono.just(new SaveOutcome.Gone());
        }

        @Override
        public Mono<SaveOutcome> touch(SessionRecord record, Instant accessed, Instant expires) {
            return Mono.just(new SaveOutcome.Gone());
        }

        @Override
        public Mono<Boolean> delete(SessionRecord record) {
            return Mono.just(false);
        }
    }

    @Test
    void an_own_clock_decides_about_deadlines() {
        SessionStore store = new InMemorySessionStore();
        SessionRecord record = record();
        store.insert(record).block();
        application
                .withBean(SessionStore.class, () -> store)
                .withBean(Clock.class, () -> Clock.fixed(record.expiresAt(), ZoneOffset.UTC))
                .run(context -> assertThat(context.getBean(Sessions.class)
                                .find(record.id())
                                .block())
                        .isNull());
    }

    @Test
    void own_probes_and_listeners_are_heard_beside_each_other() {
        SessionStore store = new InMemorySessionStore();
        SessionRecord record = record();
        store.insert(record).block();
        List<String> heard = new CopyOnWriteArrayList<>();
        application
                .withBean(SessionStore.class, () -> store)
                .withBean("one", SessionEventListener.class, () -> event -> heard.add("one"))
                .withBean("two", SessionEventListener.class, () -> event -> heard.add("two"))
                .withBean("probe", SessionProbe.class, () -> new Listening(heard))
                .run(context ->
                        context.getBean(Sessions.class).terminate(record.id()).block());

        assertThat(heard).containsExactly("DELETE", "one", "two");
    }

    private record Listening(List<String> heard) implements SessionProbe {

        @Override
        public <T> Mono<T> watch(Step step, Mono<T> work) {
            return work.doOnSubscribe(subscription -> heard.add(step.name()));
        }

        @Override
        public <T> Flux<T> watch(Step step, Flux<T> work) {
            return work.doOnSubscribe(subscription -> heard.add(step.name()));
        }
    }

    @Test
    void own_types_and_settings_of_the_codec_come_on_top_of_those_of_security() {
        application
                .withBean(JsonCodecCustomizer.class, () -> settings -> settings.withAllowedTypes(TimeoutOrNone.class))
                .run(context -> {
                    SessionCodec codec = context.getBean(SessionCodec.class);
                    assertThat(codec.encode("it", new TimeoutOrNone(Duration.ZERO), null)
                                    .length())
                            .isPositive();
                    assertThat(codec.encode("role", new SimpleGrantedAuthority("ROLE_USER"), null)
                                    .length())
                            .isPositive();
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
