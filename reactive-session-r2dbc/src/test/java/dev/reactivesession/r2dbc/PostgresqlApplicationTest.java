package dev.reactivesession.r2dbc;

import dev.reactivesession.test.boot.OAuth2LoginContract;
import dev.reactivesession.test.boot.RevocableSessionsContract;
import dev.reactivesession.test.boot.SecuredApplicationContract;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** Whole applications with their sessions in PostgreSQL. */
class PostgresqlApplicationTest {

    @Nested
    class OAuth2Login extends OAuth2LoginContract {

        @Override
        protected Map<String, Object> settings() {
            return BootSettings.postgresql("oauth2login");
        }
    }

    @Nested
    class RevocableSessions extends RevocableSessionsContract {

        @Override
        protected Map<String, Object> settings() {
            return BootSettings.postgresql("revocablesessions");
        }
    }

    @Nested
    class SecuredApplication extends SecuredApplicationContract {

        private static final String TABLE = "secured_application";

        @Override
        protected Map<String, Object> settings() {
            return BootSettings.postgresql(TABLE);
        }

        /** As the server has counted them. */
        @Override
        protected long storeCalls() {
            Sql sql = new Sql(Postgresql.connections());
            sql.run("create extension if not exists pg_stat_statements");
            return sql.number("select coalesce(sum(calls), 0)::bigint from pg_stat_statements where query like '%"
                    + TABLE + "%' and query not like '%pg_stat_statements%'");
        }
    }
}
