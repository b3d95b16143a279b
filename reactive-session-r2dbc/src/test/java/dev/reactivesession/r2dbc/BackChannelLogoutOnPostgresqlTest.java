package dev.reactivesession.r2dbc;

import dev.reactivesession.test.boot.SharedBackChannelLogoutContract;
import java.util.Map;

class BackChannelLogoutOnPostgresqlTest extends SharedBackChannelLogoutContract {

    @Override
    protected Map<String, Object> settings() {
        return BootSettings.postgresql("backchannellogout");
    }
}
