package dev.reactivesession.r2dbc;

import static io.r2dbc.spi.ConnectionFactoryOptions.DATABASE;
import static io.r2dbc.spi.ConnectionFactoryOptions.HOST;
import static io.r2dbc.spi.ConnectionFactoryOptions.PASSWORD;
import static io.r2dbc.spi.ConnectionFactoryOptions.PORT;
import static io.r2dbc.spi.ConnectionFactoryOptions.USER;

import io.r2dbc.spi.ConnectionFactoryOptions;
import java.util.Map;

/** What an application says to use the server of this test run, with a table of its own that it creates itself. */
final class BootSettings {

    private BootSettings() {}

    static Map<String, Object> postgresql(String table) {
        return postgresql(table, (Integer) Postgresql.options().getRequiredValue(PORT));
    }

    static Map<String, Object> postgresql(String table, int port) {
        ConnectionFactoryOptions options = Postgresql.options();
        return Map.of(
                "reactive-session.r2dbc.table",
                table,
                "spring.r2dbc.url",
                "r2dbc:postgresql://" + options.getRequiredValue(HOST) + ":" + port + "/"
                        + options.getRequiredValue(DATABASE),
                "spring.r2dbc.username",
                options.getRequiredValue(USER),
                "spring.r2dbc.password",
                options.getRequiredValue(PASSWORD));
    }

    static String[] pairs(Map<String, Object> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
    }

    static Map<String, Object> h2(String table) {
        return Map.of(
                "reactive-session.r2dbc.table", table,
                "spring.r2dbc.url", "r2dbc:h2:mem:///boot?options=DB_CLOSE_DELAY=-1",
                "spring.r2dbc.username", "sa");
    }
}
