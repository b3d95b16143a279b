package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionException;
import dev.reactivesession.store.InProcessSignals;
import dev.reactivesession.store.SessionSignals;
import dev.reactivesession.store.TimeLimit;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.Random;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The databases that this module speaks to. */
enum Dialect {
    POSTGRESQL("PostgreSQL", "postgresql", 1, " on conflict (id) do nothing", WireForm.TEXT) {
        @Override
        String lock() {
            return "select pg_advisory_xact_lock(hashtext('dev.reactivesession'))";
        }

        @Override
        String found(TableName table) {
            return table.in("""
                    select class is not null, obj_description(class, 'pg_class')
                    from to_regclass('{table}') class""");
        }

        @Override
        DriverThreading threading() {
            return DriverThreading.WITHOUT_BLOCKING;
        }

        // For the transaction of the statement alone, so the application's connections stay as they are.
        @Override
        String lockBound(Duration bound) {
            return " and set_config('lock_timeout', '" + Math.max(1, bound.toMillis() * 9 / 10) + "', true) <> ''";
        }

        @Override
        ManySessions manySessions(Database database, TableName table) {
            return new PostgresqlManySessions(database, table, new Random());
        }

        @Override
        SessionSignals signals(Database database, Mono<Connection> opening, Failures failures, TableName table) {
            return new PostgresqlSignals(database, opening, failures, table);
        }
    },
    H2("H2", "h2", 2, "", WireForm.COLUMNS) {
        private static final String FOUND = """
                select count(*) > 0, max(remarks) from information_schema.tables
                where table_name = '{name}' and table_schema = {schema}""";

        // H2 ends a transaction at each change of the schema, so one thread takes the creators of this process in
        // turns.
        @Override
        DriverThreading schemaThreading() {
            return new DriverThreading(OneByOne.SCHEDULER);
        }

        @Override
        String lock() {
            return "select 1";
        }

        @Override
        String found(TableName table) {
            String schema = table.schema() == null ? "current_schema" : "'" + table.schema() + "'";
            return FOUND.replace("{name}", table.table()).replace("{schema}", schema);
        }

        // The driver works on the thread that calls it. H2 closes its file when that thread is interrupted, and a
        // scheduler
        // made from an executor never interrupts.
        @Override
        DriverThreading threading() {
            return new DriverThreading(
                    Schedulers.fromExecutor(task -> Schedulers.boundedElastic().schedule(task)));
        }

        @Override
        String lockBound(Duration bound) {
            return "";
        }

        @Override
        ManySessions manySessions(Database database, TableName table) {
            String delete = rowStatements(table, "", form()).delete();
            return new H2ManySessions(database, table, delete);
        }

        // The database is within this process, and so are all who use it.
        @Override
        SessionSignals signals(Database database, Mono<Connection> opening, Failures failures, TableName table) {
            return new InProcessSignals();
        }
    };

    /**
     * Longer than any bound of the server, so that a connection is thrown away only when nothing comes of it any more.
     */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final String product;

    private final String scriptName;

    private final int version;

    private final String onDuplicate;

    private final WireForm form;

    Dialect(String product, String scriptName, int version, String onDuplicate, WireForm form) {
        this.product = product;
        this.scriptName = scriptName;
        this.version = version;
        this.onDuplicate = onDuplicate;
        this.form = form;
    }

    static Dialect of(ConnectionFactory connections) {
        String name = connections.getMetadata().getName();
        for (Dialect dialect : values()) {
            if (dialect.product.equals(name)) {
                return dialect;
            }
        }
        throw new SessionException.Misconfigured(
                "spring.r2dbc.url leads to " + name + ", but sessions are kept in PostgreSQL or H2", null);
    }

    abstract String lock();

    abstract String found(TableName table);

    abstract DriverThreading threading();

    DriverThreading schemaThreading() {
        return threading();
    }

    /** A condition that bounds the wait for the lock of a row. */
    abstract String lockBound(Duration bound);

    /** The channel between nodes, which opens a connection for whom listens. */
    abstract SessionSignals signals(Database database, Mono<Connection> opening, Failures failures, TableName table);

    abstract ManySessions manySessions(Database database, TableName table);

    String product() {
        return product;
    }

    /** The version of the table that this release needs. */
    int version() {
        return version;
    }

    String script() {
        return scriptName + "-" + version + ".sql";
    }

    /** For people: the script is in the jar of this module. */
    String scriptPath() {
        return Dialect.class.getPackageName().replace('.', '/') + "/" + script() + " (in reactive-session-r2dbc.jar)";
    }

    RowStatements rowStatements(TableName table, String lockBound, WireForm form) {
        return RowStatements.on(table, onDuplicate, lockBound, form);
    }

    /** The form over connections of the application, which has its own wishes for their results. */
    WireForm form() {
        return form;
    }

    /** The failures of operations on one session. */
    Failures failures(R2dbcSessionSettings settings) {
        return failures(settings, settings.statementTimeout(), R2dbcSessionSettings.STATEMENT_TIMEOUT);
    }

    /** The failures of statements over many sessions. */
    Failures slowFailures(R2dbcSessionSettings settings) {
        return failures(settings, settings.sweepTimeout(), R2dbcSessionSettings.SWEEP_TIMEOUT);
    }

    private Failures failures(R2dbcSessionSettings settings, Duration bound, String setting) {
        return new Failures(product, TableName.of(settings), scriptPath(), bound, setting);
    }

    Database database(ConnectionFactory connections, Failures failures) {
        return database(connections, failures, threading());
    }

    Database schemaDatabase(ConnectionFactory connections, R2dbcSessionSettings settings) {
        return database(connections, slowFailures(settings), schemaThreading());
    }

    private static Database database(ConnectionFactory connections, Failures failures, DriverThreading threading) {
        TimeLimit limit = failures.limit();
        TimeLimit patience = new TimeLimit(limit.bound().plus(GRACE), Schedulers.parallel());
        return new Database(
                new BorrowedConnections(connections, threading, new Admission(failures, limit), patience), failures);
    }

    private static final class OneByOne {

        private static final Scheduler THREAD =
                Schedulers.newBoundedElastic(1, Integer.MAX_VALUE, "reactive-session-h2-schema", 1, true);

        static final Scheduler SCHEDULER = Schedulers.fromExecutor(THREAD::schedule);
    }
}
