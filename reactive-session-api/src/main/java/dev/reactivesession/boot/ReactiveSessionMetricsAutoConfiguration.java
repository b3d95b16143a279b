package dev.reactivesession.boot;

import dev.reactivesession.engine.SessionEngine;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
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
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple"
                    + ".SimpleMetricsExportAutoConfiguration"
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
    CacheMeters reactiveSessionCacheMeters(MeterRegistry registry, ObjectProvider<SessionProperties> properties) {
        return new CacheMeters(registry, caches(properties.getIfAvailable()));
    }

    private static List<String> caches(@Nullable SessionProperties properties) {
        List<String> caches = new ArrayList<>();
        if (properties != null && StoreNames.TIERED.equals(properties.store())) {
            caches.add(StoreNames.CACHE);
        }
        if (properties != null && properties.nearCache().size() != null) {
            caches.add(StoreNames.MEMORY);
        }
        return caches;
    }

    @Bean
    @ConditionalOnMissingBean
    StoreMeters reactiveSessionStoreMeters(
            MeterRegistry registry, ObjectProvider<ChosenStore> chosen, ObjectProvider<StoreCounter> counters) {
        Stream<StoreCounter> dropped = chosen.stream().flatMap(store -> store.dropped().stream());
        return new StoreMeters(registry, Stream.concat(dropped, counters.orderedStream()));
    }

    @Bean
    @ConditionalOnMissingBean
    SweepMeters reactiveSessionSweepMeters(SessionEngine engine, MeterRegistry registry) {
        return new SweepMeters(engine, registry);
    }
}
