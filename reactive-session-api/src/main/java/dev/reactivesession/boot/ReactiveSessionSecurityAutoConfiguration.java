package dev.reactivesession.boot;

import dev.reactivesession.Sessions;
import dev.reactivesession.codec.SessionCodec;
import dev.reactivesession.engine.PrincipalSource;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.security.ContextWarnings;
import dev.reactivesession.security.PrincipalSessionRegistry;
import dev.reactivesession.security.RedirectRequestCache;
import dev.reactivesession.security.SecurityPrincipals;
import dev.reactivesession.security.SecurityRuntimeHints;
import dev.reactivesession.security.SecurityTypes;
import dev.reactivesession.security.TerminatingOidcSessionRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ResourceLoader;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.LogoutSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.RequestCacheSpec;
import org.springframework.security.core.session.ReactiveSessionRegistry;
import org.springframework.security.oauth2.client.oidc.server.session.ReactiveOidcSessionRegistry;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.logout.WebSessionServerLogoutHandler;
import org.springframework.security.web.server.context.WebSessionServerSecurityContextRepository;
import org.springframework.security.web.server.savedrequest.ServerRequestCache;

/**
 * Spring Security on these sessions. The customizing here comes first, so that the application's own choice
 * replaces it.
 */
@AutoConfiguration(before = ReactiveSessionAutoConfiguration.class)
@ConditionalOnClass({ServerHttpSecurity.class, SecurityWebFilterChain.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBooleanProperty(name = "reactive-session.enabled", matchIfMissing = true)
@ImportRuntimeHints(SecurityRuntimeHints.class)
public final class ReactiveSessionSecurityAutoConfiguration {

    private static final String CONTEXT_ATTRIBUTE =
            WebSessionServerSecurityContextRepository.DEFAULT_SPRING_SECURITY_CONTEXT_ATTR_NAME;

    ReactiveSessionSecurityAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    PrincipalSource sessionPrincipalSource() {
        return new SecurityPrincipals();
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    JsonCodecCustomizer securityTypes(ResourceLoader resources) {
        ClassLoader loader = resources.getClassLoader();
        return settings -> SecurityTypes.in(settings, loader == null ? SecurityTypes.class.getClassLoader() : loader);
    }

    /** First, so that an application that chooses another codec for the engine has it as it is. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SessionEngineCustomizer unreadableContextWarnings(SessionCodec codec, ObjectProvider<Clock> clock) {
        return builder ->
                builder.codec(new ContextWarnings(codec, CONTEXT_ATTRIBUTE, clock.getIfUnique(Clock::systemUTC)));
    }

    @Bean
    @ConditionalOnMissingBean
    ReactiveSessionRegistry reactiveSessionRegistry(Sessions sessions, ObjectProvider<Clock> clock) {
        return new PrincipalSessionRegistry(sessions, clock.getIfUnique(Clock::systemUTC));
    }

    @Bean
    @ConditionalOnMissingBean
    ServerRequestCache serverRequestCache() {
        return new RedirectRequestCache();
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    Customizer<RequestCacheSpec> requestCacheCustomizer(ServerRequestCache cache) {
        return spec -> spec.requestCache(cache);
    }

    /** Out of the box, Security takes the user out of the session and leaves the data in it. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    Customizer<LogoutSpec> sessionEndingLogoutCustomizer() {
        return spec -> spec.logoutHandler(handlers -> handlers.add(new WebSessionServerLogoutHandler()));
    }

    /** Picked up by {@code oauth2Login} and {@code oidcLogout}, and by nothing else. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ReactiveOidcSessionRegistry.class)
    static class BackChannelLogout {

        @Bean
        @ConditionalOnMissingBean
        ReactiveOidcSessionRegistry reactiveOidcSessionRegistry(
                SessionEngine engine, SessionCodec codec, ObjectProvider<Clock> clock) {
            return TerminatingOidcSessionRegistry.of(
                    engine, codec, clock.getIfUnique(Clock::systemUTC), CONTEXT_ATTRIBUTE);
        }
    }
}
