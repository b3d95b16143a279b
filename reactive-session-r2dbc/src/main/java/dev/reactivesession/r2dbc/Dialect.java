package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionException;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.Random;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The databases this module speaks to. */
enum Dialect {
    POSTGRESQL("PostgreSQL", "postgresql", " on conflict (id) do nothing", WireForm.BASE64) {
        @Override
        String lock() {
            return "select pg_advisory_xact_lock(hashtext('dev.reactivesession'))";
        }

        @Override
        String found(TableName table) {
            return "select class is not null, obj_description(class, 'pg_class') from to_regclass('" + table
                    + "') class";
        }

        @Override
        Running running() {
            return Running.WITHOUT_BLOCKING;
        }

        @Override
        ManySessions manySessions(Database database, TableName table) {
            return new PostgresqlManySessions(database, table, new Random());
        }
    },
    H2("H2", "h2", "", WireForm.BYTES) {
        // H2 ends a transaction at each change of the schema, so it is one thread that takes the creators of this
        // process in turns.
        @Override
        Running schemaRunning() {
            return new Running(OneByOne.SCHEDULER);
        }

        @Override
        String lock() {
            return "select 1";
        }

        @Override
        String found(TableName table) {
            String schema = table.schema() == null ? "current_schema" : "'" + table.schema() + "'";
            return "select count(*) > 0, max(remarks) from information_schema.tables where table_name = '"
                    + table.table() + "' and table_schema = " + schema;
        }

        // The H2 driver works on the thread that calls it. It must not be interrupted there: H2 closes its file when
        // that happens, and a scheduler
        // made from an executor never interrupts.
        @Override
        Running running() {
            return new Running(
                    Schedulers.fromExecutor(task -> Schedulers.boundedElastic().schedule(task)));
        }

        @Override
        ManySessions manySessions(Database database, TableName table) {
            return new H2ManySessions(database, table, rowStatements(table).delete());
        }
    };

    private final String product;

    private final String script;

    private final String onDuplicate;

    private final WireForm bytes;

    Dialect(String product, String script, String onDuplicate, WireForm bytes) {
        this.product = product;
        this.script = script;
        this.onDuplicate = onDuplicate;
        this.bytes = bytes;
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

    abstract Running running();

    Running schemaRunning() {
        return running();
    }

    abstract ManySessions manySessions(Database database, TableName table);

    String product() {
        return product;
    }

    String script() {
        return script + "-" + SessionSchema.VERSION + ".sql";
    }

    RowStatements rowStatements(TableName table) {
        return RowStatements.on(table, onDuplicate, bytes);
    }

    RecordRows recordRows() {
        return new RecordRows(bytes);
    }

    Database database(ConnectionFactory connections, TableName table, Duration timeout, String timeoutSetting) {
        return new Database(connections, new Failures(product, table), running(), timeout, timeoutSetting);
    }

    Database schemaDatabase(ConnectionFactory connections, TableName table, Duration timeout) {
        return new Database(
                connections,
                new Failures(product, table),
                schemaRunning(),
                timeout,
                R2dbcSessionSettings.SWEEP_TIMEOUT);
    }

    private static final class OneByOne {

        private static final Scheduler THREAD =
                Schedulers.newBoundedElastic(1, Integer.MAX_VALUE, "reactive-session-h2-schema", 1, true);

        static final Scheduler SCHEDULER = Schedulers.fromExecutor(THREAD::schedule);
    }
}
