package dev.reactivesession.boot;

import dev.reactivesession.Sessions;
import dev.reactivesession.engine.SessionEngine;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The endpoint, where it is both accessible and exposed. */
@AutoConfiguration(after = ReactiveSessionAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
public final class ReactiveSessionsEndpointAutoConfiguration {

    ReactiveSessionsEndpointAutoConfiguration() {}

    /** Apart, because its conditions can only be read where there is an actuator. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnAvailableEndpoint(ReactiveSessionsEndpoint.class)
    @ConditionalOnBean(SessionEngine.class)
    static class WithActuator {

        @Bean
        @ConditionalOnMissingBean
        ReactiveSessionsEndpoint reactiveSessionsEndpoint(
                SessionEngine engine,
                Sessions sessions,
                @Value("${management.endpoint.reactivesessions.show-values:false}") boolean showValues) {
            return new ReactiveSessionsEndpoint(engine, sessions, showValues);
        }
    }
}
