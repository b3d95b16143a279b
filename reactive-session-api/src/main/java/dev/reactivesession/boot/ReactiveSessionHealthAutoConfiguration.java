package dev.reactivesession.boot;

import dev.reactivesession.Sessions;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The health of the store, where there is an endpoint for it. */
@AutoConfiguration(after = ReactiveSessionAutoConfiguration.class)
@ConditionalOnClass({ReactiveHealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
public final class ReactiveSessionHealthAutoConfiguration {

    ReactiveSessionHealthAutoConfiguration() {}

    /** Apart, because its conditions can only be read where there are health indicators. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(ChosenStore.class)
    @ConditionalOnEnabledHealthIndicator("reactive-session")
    static class WithHealth {

        @Bean
        @ConditionalOnMissingBean(name = "reactiveSessionHealthIndicator")
        ReactiveHealthIndicator reactiveSessionHealthIndicator(Sessions sessions, ChosenStore chosen) {
            return new SessionStoreHealth(sessions, chosen.place());
        }
    }
}
