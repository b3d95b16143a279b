package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionException;
import dev.reactivesession.SettingBound;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The table of the sessions, the connections to it, and the bounds of time. Checked when made.
 *
 * @param schema the schema of the table ({@code reactive-session.r2dbc.schema}); null leaves it to the search path of
 *     the connection
 * @param table the name of the table ({@code reactive-session.r2dbc.table}); the indexes and the view are named after
 *     it
 * @param connections how many connections of its own the store may open to PostgreSQL
 *     ({@code reactive-session.r2dbc.connections}), 0 for none: each operation then asks the given factory
 * @param statementTimeout the bound for an operation on one session, waiting for a connection included
 *     ({@code reactive-session.r2dbc.statement-timeout})
 * @param sweepTimeout the bound for one statement over many sessions: a step of a sweep, a page of a user's sessions,
 *     the creation of the schema ({@code reactive-session.r2dbc.sweep-timeout})
 */
public record R2dbcSessionSettings(
        @Nullable String schema, String table, int connections, Duration statementTimeout, Duration sweepTimeout) {

    /** The table unless said otherwise. */
    public static final String DEFAULT_TABLE = "reactive_session";

    static final String SCHEMA = "reactive-session.r2dbc.schema";

    static final String TABLE = "reactive-session.r2dbc.table";

    static final String CONNECTIONS = "reactive-session.r2dbc.connections";

    static final String STATEMENT_TIMEOUT = "reactive-session.r2dbc.statement-timeout";

    static final String SWEEP_TIMEOUT = "reactive-session.r2dbc.sweep-timeout";

    // PostgreSQL cuts names at 63 bytes, and the longest suffix of an index takes 13.
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,47}");

    private static final Duration LONGEST = Duration.ofHours(1);

    /** Checks every bound. */
    public R2dbcSessionSettings {
        if (schema != null) {
            requireName(SCHEMA, schema);
        }
        requireName(TABLE, table);
        SettingBound.within(CONNECTIONS, 4, 100).or(0).require(connections);
        requireTimeout(STATEMENT_TIMEOUT, statementTimeout);
        requireTimeout(SWEEP_TIMEOUT, sweepTimeout);
    }

    /**
     * The table {@link #DEFAULT_TABLE} on the search path, 14 connections, 2 seconds for a statement, 1 minute for one
     * over many rows.
     *
     * @return the defaults
     */
    public static R2dbcSessionSettings defaults() {
        return new R2dbcSessionSettings(null, DEFAULT_TABLE, 14, Duration.ofSeconds(2), Duration.ofMinutes(1));
    }

    /**
     * The same with another schema.
     *
     * @param name letters, digits and underscores, at most 48; quoted, so upper and lower case differ
     * @return a copy
     */
    public R2dbcSessionSettings withSchema(String name) {
        return new R2dbcSessionSettings(name, table, connections, statementTimeout, sweepTimeout);
    }

    /**
     * The same with another table.
     *
     * @param name letters, digits and underscores, at most 48; quoted, so upper and lower case differ
     * @return a copy
     */
    public R2dbcSessionSettings withTable(String name) {
        return new R2dbcSessionSettings(schema, name, connections, statementTimeout, sweepTimeout);
    }

    /**
     * The same with another number of connections of the store's own.
     *
     * @param number from 4 to 100, or 0 for none
     * @return a copy
     */
    public R2dbcSessionSettings withConnections(int number) {
        return new R2dbcSessionSettings(schema, table, number, statementTimeout, sweepTimeout);
    }

    /**
     * The same with another bound for an operation on one session.
     *
     * @param timeout from 1 millisecond to 1 hour
     * @return a copy
     */
    public R2dbcSessionSettings withStatementTimeout(Duration timeout) {
        return new R2dbcSessionSettings(schema, table, connections, timeout, sweepTimeout);
    }

    /**
     * The same with another bound for a statement over many sessions.
     *
     * @param timeout from 1 millisecond to 1 hour
     * @return a copy
     */
    public R2dbcSessionSettings withSweepTimeout(Duration timeout) {
        return new R2dbcSessionSettings(schema, table, connections, statementTimeout, timeout);
    }

    private static void requireName(String setting, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new SessionException.Misconfigured(
                    setting + " is '" + name
                            + "', but must be a letter or underscore followed by at most 47 letters, digits and"
                            + " underscores",
                    null);
        }
    }

    private static void requireTimeout(String setting, Duration timeout) {
        SettingBound.within(setting, Duration.ofMillis(1), LONGEST).require(timeout);
    }
}
