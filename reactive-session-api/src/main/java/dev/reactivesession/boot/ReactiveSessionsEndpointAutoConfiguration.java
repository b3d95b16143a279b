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

/** The endpoint, where it is both accessible and exposed. */
@AutoConfiguration(after = ReactiveSessionAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(ReactiveSessionsEndpoint.class)
@ConditionalOnBean(SessionEngine.class)
public final class ReactiveSessionsEndpointAutoConfiguration {

    ReactiveSessionsEndpointAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    ReactiveSessionsEndpoint reactiveSessionsEndpoint(
            SessionEngine engine,
            Sessions sessions,
            @Value("${management.endpoint.reactivesessions.show-values:false}") boolean showValues) {
        return new ReactiveSessionsEndpoint(engine, sessions, showValues);
    }
}
