package dev.reactivesession.r2dbc;

import dev.reactivesession.test.boot.SecuredApplicationContract;
import java.util.Map;

class SecuredApplicationOnPostgresqlTest extends SecuredApplicationContract {

    private static final String TABLE = "secured_application";

    @Override
    protected Map<String, Object> settings() {
        return BootSettings.postgresql(TABLE);
    }

    /** What the server itself has counted. */
    @Override
    protected long storeCalls() {
        Sql sql = new Sql(Postgresql.connections());
        sql.run("create extension if not exists pg_stat_statements");
        return sql.number("select coalesce(sum(calls), 0)::bigint from pg_stat_statements where query like '%" + TABLE
                + "%' and query not like '%pg_stat_statements%'");
    }
}
