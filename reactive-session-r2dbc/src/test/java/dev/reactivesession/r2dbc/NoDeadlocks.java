package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After a class of tests, the server has counted no deadlock. */
final class NoDeadlocks implements AfterAllCallback {

    @Override
    public void afterAll(ExtensionContext context) {
        assertThat(new Sql(Postgresql.connections())
                        .number("select sum(deadlocks)::bigint from pg_stat_database"
                                + " where datname = current_database()"))
                .as("deadlocks on the server")
                .isZero();
    }
}
