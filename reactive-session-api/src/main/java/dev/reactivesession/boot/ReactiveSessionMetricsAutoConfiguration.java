package dev.reactivesession.boot;

import dev.reactivesession.engine.SessionEngine;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Meters, where there is a registry for them. */
@AutoConfiguration(
        before = ReactiveSessionAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBooleanProperty(name = "reactive-session.enabled", matchIfMissing = true)
public final class ReactiveSessionMetricsAutoConfiguration {

    ReactiveSessionMetricsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    SessionMeters reactiveSessionMeters(MeterRegistry registry) {
        return new SessionMeters(registry);
    }

    @Bean
    @ConditionalOnMissingBean
    CacheMeters reactiveSessionCacheMeters(MeterRegistry registry) {
        return new CacheMeters(registry);
    }

    @Bean
    @ConditionalOnMissingBean
    SweepMeters reactiveSessionSweepMeters(SessionEngine engine, MeterRegistry registry) {
        return new SweepMeters(engine, registry);
    }
}
