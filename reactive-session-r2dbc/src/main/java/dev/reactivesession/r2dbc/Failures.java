package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionException.Misconfigured;
import dev.reactivesession.SessionException.NotStorable;
import dev.reactivesession.SessionException.TooLarge;
import dev.reactivesession.SessionException.Unavailable;
import dev.reactivesession.SessionException.Unreadable;
import dev.reactivesession.store.TimeLimit;
import dev.reactivesession.store.lanes.Outcome;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcTimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The one place that turns driver errors into typed ones: by SQLSTATE, never by text. */
final class Failures {

    private static final String DUPLICATE_KEY = "23505";

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final String PROTOCOL_VIOLATION = "08P01";

    private static final Set<String> MISSING_TABLE = Set.of("42P01", "42S02", "42S03", "42S04");

    private static final Set<String> NOT_ALLOWED = Set.of("42501", "90096");

    private static final Set<String> READ_ONLY = Set.of("25006", "90097");

    /** A pooler has given the statement to a server that has not seen it, or has seen another under its name. */
    private static final Set<String> PREPARED_ELSEWHERE = Set.of("26000", "42P05");

    private final String database;

    private final TableName table;

    private final String script;

    private final TimeLimit limit;

    private final String timeoutSetting;

    Failures(String database, TableName table, String script, Duration timeout, String timeoutSetting) {
        this.database = database;
        this.table = table;
        this.script = script;
        this.limit = new TimeLimit(timeout, Schedulers.parallel());
        this.timeoutSetting = timeoutSetting;
    }

    /** The bound of time that the messages name. */
    TimeLimit limit() {
        return limit;
    }

    static boolean isDuplicateKey(Throwable error) {
        return DUPLICATE_KEY.equals(state(error));
    }

    static boolean isReadOnly(Throwable error) {
        return READ_ONLY.contains(state(error));
    }

    /** Of an error that is typed already. */
    static boolean isMissingTable(Throwable error) {
        Throwable cause = error.getCause();
        return error instanceof Misconfigured && cause != null && MISSING_TABLE.contains(state(cause));
    }

    /** Of an error that is typed already. */
    static boolean isNotAllowed(Throwable error) {
        Throwable cause = error.getCause();
        return cause != null && NOT_ALLOWED.contains(state(cause));
    }

    static boolean isRefusedStartUp(Throwable error) {
        return PROTOCOL_VIOLATION.equals(state(error));
    }

    /** False when the connection is lost, when a statement was given up on it, or when its server is the wrong one. */
    static boolean leavesConnectionUsable(Throwable error) {
        if (error instanceof R2dbcException) {
            String state = state(error);
            return !state.isEmpty()
                    && !state.startsWith("08")
                    && !state.startsWith("57P")
                    && !READ_ONLY.contains(state)
                    && !PREPARED_ELSEWHERE.contains(state);
        }
        return !(error instanceof TimeoutException || error instanceof IOException);
    }

    private static String state(Throwable error) {
        String state = error instanceof R2dbcException driver ? driver.getSqlState() : null;
        return state == null ? "" : state;
    }

    /** The outcome of one operation of a batch. */
    <R> Mono<Outcome<R>> outcome(Throwable error) {
        return LOCK_NOT_AVAILABLE.equals(state(error)) ? Mono.just(new Outcome.Held<>()) : failure(error);
    }

    <R> Mono<Outcome<R>> failure(Throwable error) {
        return Mono.just(new Outcome.Failure<>(typed(error)));
    }

    SessionException typed(Throwable error) {
        if (error instanceof SessionException typed) {
            return typed;
        }
        if (error instanceof TimeoutException || error instanceof R2dbcTimeoutException) {
            return late(error);
        }
        if (error instanceof R2dbcException) {
            String state = state(error);
            return state.isEmpty() ? lost(error) : byState(state, error);
        }
        if (error instanceof IllegalArgumentException || error instanceof ClassCastException) {
            return new Unreadable("a row of " + table + " is not a session record", error);
        }
        return lost(error);
    }

    private SessionException byState(String state, Throwable error) {
        SessionException wrongSetting = byWrongSetting(state, error);
        if (wrongSetting != null) {
            return wrongSetting;
        }
        return switch (state) {
            case "22021" -> new NotStorable("a principal holds a character that " + database + " cannot store", error);
            case "54000", "22001" -> tooLarge(error);
            case "57014", "HYT00", LOCK_NOT_AVAILABLE, "57051" -> late(error);
            case "25006", "90097" ->
                new Unavailable(
                        "the server takes no writes; sessions need the primary, not a read replica: see"
                                + " spring.r2dbc.url",
                        error);
            case "40001", "40P01" ->
                new Unavailable(
                        database + " gave up the statement because of a concurrent one (SQLSTATE " + state
                                + "); trying again may help. The default_transaction_isolation of the user should be"
                                + " read committed",
                        error);
            case PROTOCOL_VIOLATION ->
                new Unavailable(
                        "the server refused the start of a connection; a pooler does so when it does not know a"
                                + " start-up parameter (set ignore_startup_parameters = extra_float_digits in"
                                + " PgBouncer), or has no place left (max_client_conn)",
                        error);
            case DUPLICATE_KEY -> new Unavailable("the id exists (SQLSTATE " + state + ")", error);
            default -> byClass(state, error);
        };
    }

    private @Nullable SessionException byWrongSetting(String state, Throwable error) {
        String message = switch (state) {
            case "42P01", "42S02", "42S03", "42S04" ->
                "there is no table " + table + "; create it with " + script + ", or change " + names();
            case "42703", "42S22" ->
                "table " + table + " lacks a column that this release needs: it is of an older version, or not ours;"
                        + " apply " + script + ", or change " + names();
            case "3F000", "90079" ->
                "there is no schema as in " + table + "; create it, or change " + R2dbcSessionSettings.SCHEMA;
            case "42501", "90096" ->
                "the user may not do this on " + table
                        + "; grant select, insert, update and delete on it (and usage on its schema)";
            case "28P01", "28000" ->
                "the database refused user or password; see spring.r2dbc.username and spring.r2dbc.password";
            case "3D000", "90146", "90149" -> "there is no such database; see spring.r2dbc.url";
            case "26000", "42P05" ->
                "a pooler in front of " + database + " hands the statements of one connection to several servers;"
                        + " append ?preparedStatementCacheQueries=0 to spring.r2dbc.url, or let PgBouncer (from 1.21)"
                        + " keep them with max_prepared_statements";
            default -> null;
        };
        return message == null ? null : new Misconfigured(message, error);
    }

    private SessionException byClass(String state, Throwable error) {
        return switch (state.substring(0, Math.min(2, state.length()))) {
            case "42" ->
                new Misconfigured(
                        database + " does not understand a statement on " + table + " (SQLSTATE " + state
                                + "); it is not a table that this release works with, see " + names(),
                        error);
            case "53" -> new Unavailable(database + " is out of a resource (SQLSTATE " + state + ")", error);
            case "08", "57", "90" -> lost(error);
            default -> new Unavailable(database + " failed (SQLSTATE " + state + ")", error);
        };
    }

    private SessionException late(Throwable error) {
        return new Unavailable(
                database + " did not answer within " + limit.bound() + ", the bound set by " + timeoutSetting, error);
    }

    private SessionException lost(Throwable error) {
        return new Unavailable("the connection to " + database + " failed; trying again may help", error);
    }

    private SessionException tooLarge(Throwable error) {
        TooLarge tooLarge = new TooLarge(
                "a value is larger than " + table + " can hold (principal " + RecordRows.LONGEST_PRINCIPAL
                        + " bytes; payload 1 MiB in H2)",
                Map.of());
        tooLarge.addSuppressed(error);
        return tooLarge;
    }

    private static String names() {
        return R2dbcSessionSettings.TABLE + " and " + R2dbcSessionSettings.SCHEMA;
    }
}
