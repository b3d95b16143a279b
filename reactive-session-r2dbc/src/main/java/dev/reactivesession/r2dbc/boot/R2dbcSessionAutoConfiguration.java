package dev.reactivesession.r2dbc.boot;

import dev.reactivesession.SessionException;
import dev.reactivesession.boot.StoreOffer;
import dev.reactivesession.r2dbc.R2dbcSessionSettings;
import dev.reactivesession.r2dbc.R2dbcSessionStore;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import reactor.util.Logger;
import reactor.util.Loggers;

/** Offers to keep sessions in a table. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBooleanProperty(name = "reactive-session.enabled", matchIfMissing = true)
@EnableConfigurationProperties(R2dbcSessionProperties.class)
@ImportRuntimeHints(SchemaScriptHints.class)
public final class R2dbcSessionAutoConfiguration {

    private static final Logger LOG = Loggers.getLogger(R2dbcSessionAutoConfiguration.class);

    private final R2dbcSessionProperties properties;

    R2dbcSessionAutoConfiguration(R2dbcSessionProperties properties) {
        this.properties = properties;
    }

    @Bean
    StoreLifecycle reactiveSessionR2dbcLifecycle() {
        return new StoreLifecycle(properties.initializeSchema());
    }

    @Bean
    StoreOffer reactiveSessionR2dbcOffer(
            ObjectProvider<ConnectionFactory> connections, StoreLifecycle reactiveSessionR2dbcLifecycle) {
        return new StoreOffer.Kept("r2dbc", () -> store(connections.getIfUnique(), reactiveSessionR2dbcLifecycle))
                .at(() -> DatabasePlace.of(connections.getObject()).text());
    }

    private R2dbcSessionStore store(@Nullable ConnectionFactory connections, StoreLifecycle lifecycle) {
        if (connections == null) {
            throw new SessionException.Misconfigured(
                    "reactive-session-r2dbc needs a ConnectionFactory, and there is none, or more than one without a"
                            + " primary; add org.springframework.boot:spring-boot-starter-r2dbc and set"
                            + " spring.r2dbc.url, or choose another reactive-session.store",
                    null);
        }
        R2dbcSessionStore store = lifecycle.started(connections, KnownOptions.of(connections), settings());
        if (!store.hasOwnConnections() && !Pooling.isSeenIn(connections)) {
            LOG.warn("no pool keeps connections to the database of the sessions: each use of a session opens one;"
                    + " add io.r2dbc:r2dbc-pool, and see spring.r2dbc.pool");
        }
        if (DatabasePlace.of(connections).isVolatile()) {
            LOG.warn("Sessions are kept in an H2 database in memory: they are lost on a restart and not shared between"
                    + " nodes. To keep them, let spring.r2dbc.url name a file, as in r2dbc:h2:file:///./sessions.");
        }
        return store;
    }

    private R2dbcSessionSettings settings() {
        R2dbcSessionSettings defaults = R2dbcSessionSettings.defaults();
        return new R2dbcSessionSettings(
                properties.schema(),
                properties.table() == null ? defaults.table() : properties.table(),
                properties.connections() == null ? defaults.connections() : properties.connections(),
                otherwise(properties.statementTimeout(), defaults.statementTimeout()),
                otherwise(properties.sweepTimeout(), defaults.sweepTimeout()));
    }

    private static Duration otherwise(@Nullable Duration choice, Duration byDefault) {
        return choice == null ? byDefault : choice;
    }
}
