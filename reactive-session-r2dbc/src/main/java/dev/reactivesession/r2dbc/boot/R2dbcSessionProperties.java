package dev.reactivesession.r2dbc.boot;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the table.
 *
 * @param schema The schema of the table. Default: the search path of the connection.
 * @param table The name of the table. Default reactive_session.
 * @param initializeSchema Whether the table is created at the start if it is not there: always, or never, which checks
 *     that it is there.
 * @param connections The connections of its own that the store may open to PostgreSQL: 4 to 100, or 0 for none, which
 *     leaves all to the application's pool. Default 14.
 * @param statementTimeout The bound for an operation on one session: 1ms to 1h. Default 2s.
 * @param sweepTimeout The bound for one statement over many sessions: 1ms to 1h. Default 1m.
 */
@ConfigurationProperties("reactive-session.r2dbc")
public record R2dbcSessionProperties(
        @Nullable String schema,
        @Nullable String table,
        @DefaultValue("always") Initialization initializeSchema,
        @Nullable Integer connections,
        @Nullable Duration statementTimeout,
        @Nullable Duration sweepTimeout) {

    /** What to do about the table at the start. */
    public enum Initialization {
        /** Create it if it is not there. */
        ALWAYS,
        /** Say so if it is not there. */
        NEVER
    }
}
