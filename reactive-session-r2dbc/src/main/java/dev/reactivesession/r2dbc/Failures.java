package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionException.Misconfigured;
import dev.reactivesession.SessionException.NotStorable;
import dev.reactivesession.SessionException.TooLarge;
import dev.reactivesession.SessionException.Unavailable;
import dev.reactivesession.SessionException.Unreadable;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** The one place that turns driver errors into typed ones: by SQLSTATE, never by text. */
final class Failures {

    static final String DUPLICATE_KEY = "23505";

    private final String database;

    private final TableName table;

    Failures(String database, TableName table) {
        this.database = database;
        this.table = table;
    }

    static boolean isDuplicateKey(Throwable error) {
        return error.getCause() instanceof R2dbcException cause && DUPLICATE_KEY.equals(cause.getSqlState());
    }

    SessionException typed(Throwable error, Duration timeout, String timeoutSetting) {
        if (error instanceof SessionException typed) {
            return typed;
        }
        if (error instanceof TimeoutException || error instanceof R2dbcTimeoutException) {
            return late(error, timeout, timeoutSetting);
        }
        if (error instanceof R2dbcException driver) {
            String state = driver.getSqlState();
            return state == null ? lost(error) : byState(state, driver, timeout, timeoutSetting);
        }
        if (error instanceof IllegalArgumentException || error instanceof ClassCastException) {
            return new Unreadable("a row of " + table + " is not a session record", error);
        }
        return lost(error);
    }

    private SessionException byState(String state, R2dbcException error, Duration timeout, String timeoutSetting) {
        return switch (state) {
            case "42P01", "42S02", "42S03", "42S04" ->
                misconfigured("there is no table " + table + "; create it, or change " + names(), error);
            case "42703", "42S22" ->
                misconfigured(
                        "table " + table + " lacks a column of schema version " + SessionSchema.VERSION
                                + ": it is of another version, or not ours; bring it up to date, or change " + names(),
                        error);
            case "3F000", "90079" ->
                misconfigured(
                        "there is no schema as in " + table + "; create it, or change " + R2dbcSessionSettings.SCHEMA,
                        error);
            case "42501", "90096" ->
                misconfigured(
                        "the user may not do this on " + table
                                + "; grant select, insert, update and delete on it (and usage on its schema)",
                        error);
            case "28P01", "28000" ->
                misconfigured(
                        "the database refused user or password; see spring.r2dbc.username and spring.r2dbc.password",
                        error);
            case "3D000", "90146", "90149" -> misconfigured("there is no such database; see spring.r2dbc.url", error);
            case "25006", "90097" ->
                misconfigured(
                        "the database takes no writes; sessions need the primary, not a read replica: see spring.r2dbc.url",
                        error);
            case "22021" -> new NotStorable("a principal holds a character that " + database + " cannot store", error);
            case "54000", "22001" -> tooLarge(error);
            case "57014", "HYT00", "55P03", "57051" -> late(error, timeout, timeoutSetting);
            case "40001", "40P01" ->
                new Unavailable(
                        database + " gave up the statement because of a concurrent one (SQLSTATE " + state
                                + "); trying again may help. The default_transaction_isolation of the user should be read committed",
                        error);
            case DUPLICATE_KEY -> new Unavailable("the id exists (SQLSTATE " + state + ")", error);
            default -> byClass(state, error);
        };
    }

    private SessionException byClass(String state, R2dbcException error) {
        return switch (state.substring(0, Math.min(2, state.length()))) {
            case "42" ->
                misconfigured(
                        database + " does not understand a statement on " + table + " (SQLSTATE " + state
                                + "); it is not a table of schema version " + SessionSchema.VERSION + ", see "
                                + names(),
                        error);
            case "53" -> new Unavailable(database + " is out of a resource (SQLSTATE " + state + ")", error);
            case "08", "57", "90" -> lost(error);
            default -> new Unavailable(database + " failed (SQLSTATE " + state + ")", error);
        };
    }

    private SessionException late(Throwable error, Duration timeout, String setting) {
        return new Unavailable(database + " did not answer within " + timeout + ", the bound set by " + setting, error);
    }

    private SessionException lost(Throwable error) {
        return new Unavailable("the connection to " + database + " failed; trying again may help", error);
    }

    private SessionException misconfigured(String message, Throwable error) {
        return new Misconfigured(message, error);
    }

    private SessionException tooLarge(Throwable error) {
        TooLarge tooLarge = new TooLarge(
                "a value is larger than " + table + " can hold (principal 2,600 bytes; payload 1 MiB in H2)", Map.of());
        tooLarge.addSuppressed(error);
        return tooLarge;
    }

    private static String names() {
        return R2dbcSessionSettings.TABLE + " and " + R2dbcSessionSettings.SCHEMA;
    }
}
