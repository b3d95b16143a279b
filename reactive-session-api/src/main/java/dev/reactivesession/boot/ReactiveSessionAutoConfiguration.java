package dev.reactivesession.boot;

import dev.reactivesession.SessionLimits;
import dev.reactivesession.SessionPolicies;
import dev.reactivesession.Sessions;
import dev.reactivesession.codec.SessionCodec;
import dev.reactivesession.codec.json.JsonCodecSettings;
import dev.reactivesession.codec.json.JsonSessionCodec;
import dev.reactivesession.engine.FreshRandom;
import dev.reactivesession.engine.PrincipalSource;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SessionEngineBuilder;
import dev.reactivesession.engine.SessionProbe;
import dev.reactivesession.security.TerminatingWebSessionManager;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionVault;
import dev.reactivesession.store.tiered.Invalidations;
import dev.reactivesession.web.BridgedWebSessionManager;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.HeaderTransport;
import dev.reactivesession.web.SessionArgumentResolver;
import dev.reactivesession.web.SessionTransport;
import dev.reactivesession.web.SessionWebFilter;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.Cookie;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.web.reactive.config.WebFluxConfigurationSupport;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import org.springframework.web.server.session.WebSessionManager;

/** Sessions for a WebFlux application: each part backs off when the application has a bean of its own for it. */
@AutoConfiguration(before = WebFluxAutoConfiguration.class)
@ConditionalOnClass(WebFluxAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBooleanProperty(name = "reactive-session.enabled", matchIfMissing = true)
@EnableConfigurationProperties({SessionProperties.class, ServerProperties.class})
@ImportRuntimeHints(SessionRuntimeHints.class)
public final class ReactiveSessionAutoConfiguration {

    private final SessionProperties properties;

    private final Cookie cookie;

    private final FrameworkSettings framework;

    ReactiveSessionAutoConfiguration(SessionProperties properties, ServerProperties server, Environment environment) {
        this.properties = properties;
        this.cookie = server.getReactive().getSession().getCookie();
        this.framework = FrameworkSettings.of(server, environment);
    }

    @Bean
    @ConditionalOnMissingBean
    SessionLimits reactiveSessionLimits() {
        return SettingsMapping.limits(properties, framework);
    }

    @Bean
    @ConditionalOnMissingBean
    SessionPolicies reactiveSessionPolicies() {
        return SettingsMapping.policies(properties);
    }

    @Bean
    @ConditionalOnMissingBean
    SessionCodec reactiveSessionCodec(ObjectProvider<JsonCodecCustomizer> customizers) {
        JsonCodecSettings settings = SettingsMapping.json(properties.json());
        return new JsonSessionCodec(
                customized(settings, customizers.orderedStream().toList()));
    }

    private static JsonCodecSettings customized(JsonCodecSettings settings, List<JsonCodecCustomizer> customizers) {
        JsonCodecSettings customized = settings;
        for (UnaryOperator<JsonCodecSettings> customizer : customizers) {
            customized = customizer.apply(customized);
        }
        return customized;
    }

    @Bean
    @ConditionalOnMissingBean
    CookieSettings reactiveSessionCookieSettings() {
        return CookieChoice.of(properties.cookie(), cookie, properties.sealed().chunks());
    }

    @Bean
    @ConditionalOnMissingBean
    SessionTransport reactiveSessionTransport(ObjectProvider<CookieSettings> settings) {
        String header = properties.header().name();
        return header == null ? new CookieTransport(settings.getObject()) : new HeaderTransport(header);
    }

    @Bean
    @ConditionalOnProperty("reactive-session.near-cache.size")
    NearCacheLifecycle reactiveSessionNearCache(
            ObjectProvider<Invalidations> invalidations,
            ObjectProvider<TieredEventListener> listeners,
            ObjectProvider<Clock> clock,
            ResourceLoader resources) {
        return new NearCacheLifecycle(
                SettingsMapping.nearCacheBytes(properties.nearCache(), resources.getClassLoader()),
                SettingsMapping.near(properties),
                Optional.ofNullable(invalidations.getIfAvailable()),
                all(listeners),
                clock.getIfUnique(Clock::systemUTC));
    }

    private static TieredEventListener all(ObjectProvider<TieredEventListener> listeners) {
        List<TieredEventListener> told = listeners.orderedStream().toList();
        return (cache, event) -> told.forEach(listener -> listener.onEvent(cache, event));
    }

    @Bean
    @ConditionalOnMissingBean
    FreshRandomLifecycle reactiveSessionRandom() {
        return new FreshRandomLifecycle(FreshRandom.create());
    }

    @Bean
    @ConditionalOnMissingBean(SessionEngine.class)
    ChosenStore reactiveSessionChosenStore(
            ObjectProvider<SessionStore> store,
            ObjectProvider<SessionVault> vault,
            ObjectProvider<StoreOffer> offers,
            ObjectProvider<NearCacheLifecycle> near,
            ObjectProvider<TieredEventListener> listeners,
            ObjectProvider<Clock> clock) {
        StoreChoice choice = new StoreChoice(
                offers.orderedStream().toList(),
                properties,
                framework,
                near.getIfAvailable(),
                all(listeners),
                clock.getIfUnique(Clock::systemUTC));
        SessionVault own = vault.getIfAvailable();
        SessionStore kept = own == null ? store.getIfAvailable() : null;
        return own != null ? choice.own(own) : kept != null ? choice.own(kept) : choice.choose();
    }

    @Bean
    @ConditionalOnMissingBean
    SessionEngine reactiveSessionEngine(
            ChosenStore chosen,
            SessionLimits limits,
            SessionPolicies policies,
            SessionCodec codec,
            FreshRandomLifecycle random,
            ObjectProvider<Clock> clock,
            ObjectProvider<PrincipalSource> principals,
            ObjectProvider<SessionProbe> probes,
            ObjectProvider<SessionEventListener> listeners,
            ObjectProvider<SessionEngineCustomizer> customizers) {
        SessionEngineBuilder builder = chosen.engine()
                .limits(limits)
                .policies(policies)
                .codec(codec)
                .random(random.random())
                .origin(properties.origin())
                .sweep(SettingsMapping.sweep(properties.sweep()))
                .signals(SettingsMapping.signals(properties))
                .clock(clock.getIfUnique(Clock::systemUTC))
                .principals(principals.getIfAvailable(() -> PrincipalSource.NONE))
                .probe(probes.orderedStream().reduce(SessionProbe::around).orElse(SessionProbe.NONE));
        List<SessionEventListener> told = listeners.orderedStream().toList();
        builder.listener(event -> told.forEach(listener -> listener.onEvent(event)));
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    @Bean
    @ConditionalOnMissingBean
    Sessions reactiveSessions(SessionEngine engine) {
        return engine.sessions();
    }

    @Bean
    @ConditionalOnMissingBean
    SessionWebFilter reactiveSessionWebFilter(
            SessionEngine engine, SessionTransport transport, ObjectProvider<PlainHttpWarning> warning) {
        return new SessionWebFilter(engine, warned(transport, warning));
    }

    @Bean(WebHttpHandlerBuilder.WEB_SESSION_MANAGER_BEAN_NAME)
    @ConditionalOnMissingBean(name = WebHttpHandlerBuilder.WEB_SESSION_MANAGER_BEAN_NAME)
    WebSessionManager webSessionManager(
            SessionEngine engine,
            SessionTransport transport,
            Sessions sessions,
            ObjectProvider<PlainHttpWarning> warning) {
        return new TerminatingWebSessionManager(
                new BridgedWebSessionManager(engine, warned(transport, warning)), sessions);
    }

    private static SessionTransport warned(SessionTransport transport, ObjectProvider<PlainHttpWarning> warning) {
        PlainHttpWarning told = warning.getIfAvailable();
        return told == null ? transport : told.around(transport);
    }

    @Bean
    @ConditionalOnMissingBean
    SessionArgumentResolver reactiveSessionArgumentResolver() {
        return new SessionArgumentResolver(ReactiveAdapterRegistry.getSharedInstance());
    }

    /** With @EnableWebFlux, argument resolvers are collected nowhere else. */
    @Bean
    @ConditionalOnBean(WebFluxConfigurationSupport.class)
    WebFluxConfigurer sessionArguments(SessionArgumentResolver resolver) {
        return new WebFluxConfigurer() {
            @Override
            public void configureArgumentResolvers(ArgumentResolverConfigurer resolvers) {
                resolvers.addCustomResolver(resolver);
            }
        };
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBooleanProperty(name = "reactive-session.sweep.enabled", matchIfMissing = true)
    SweepLifecycle reactiveSessionSweepLifecycle(SessionEngine engine) {
        return new SweepLifecycle(engine);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBooleanProperty("reactive-session.ended.with-shutdown")
    StreamsLifecycle reactiveSessionStreamsLifecycle(SessionEngine engine) {
        return new StreamsLifecycle(engine.streams());
    }
}
