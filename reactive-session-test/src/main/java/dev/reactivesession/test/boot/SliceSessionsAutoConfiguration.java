package dev.reactivesession.test.boot;

import dev.reactivesession.boot.ReactiveSessionAutoConfiguration;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionVault;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Keeps the sessions of a {@code @WebFluxTest} in memory, because such a slice has no connection to a store. */
@AutoConfiguration(before = ReactiveSessionAutoConfiguration.class)
public final class SliceSessionsAutoConfiguration {

    SliceSessionsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean({SessionStore.class, SessionVault.class})
    SessionStore sliceSessionStore() {
        return new InMemorySessionStore();
    }
}
