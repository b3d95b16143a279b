package dev.reactivesession.r2dbc;

import dev.reactivesession.test.boot.RevocableSessionsContract;
import java.util.Map;

class RevocableSessionsOnPostgresqlTest extends RevocableSessionsContract {

    @Override
    protected Map<String, Object> settings() {
        return BootSettings.postgresql("revocablesessions");
    }
}
