package dev.reactivesession.r2dbc;

import dev.reactivesession.test.boot.SharedBackChannelLogoutContract;
import java.util.Map;

class BackChannelLogoutOnH2Test extends SharedBackChannelLogoutContract {

    @Override
    protected Map<String, Object> settings() {
        return BootSettings.h2("back_channel_logout");
    }
}
