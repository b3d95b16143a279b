package dev.reactivesession.r2dbc;

import static dev.reactivesession.r2dbc.R2dbcSessionSettings.DEFAULT_TABLE;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of the table and its indexes, quoted. Both parts passed the pattern of the settings, so neither holds a
 * quote.
 */
record TableName(@Nullable String schema, String table) {

    private static final Pattern WHITESPACE = Pattern.compile("\\s+");

    static TableName of(R2dbcSessionSettings settings) {
        return new TableName(settings.schema(), settings.table());
    }

    String quoted() {
        return qualified(table);
    }

    /** A statement on this table, on one line: the driver reads each letter again for each execution. */
    String in(String statement) {
        return WHITESPACE.matcher(statement).replaceAll(" ").replace("{table}", quoted());
    }

    /** The shipped script, which is written for the default name, with this one. */
    String inPlaceOfDefault(String script) {
        return script.replace(quote(DEFAULT_TABLE), quoted())
                .replace(quote(DEFAULT_TABLE + "_readable"), qualified(table + "_readable"))
                .replace(quote(DEFAULT_TABLE + "_json"), qualified(table + "_json"))
                .replace(quote(DEFAULT_TABLE + "_by_sweep_at"), quote(table + "_by_sweep_at"))
                .replace(quote(DEFAULT_TABLE + "_by_principal"), quote(table + "_by_principal"));
    }

    private String qualified(String name) {
        return schema == null ? quote(name) : quote(schema) + "." + quote(name);
    }

    private static String quote(String name) {
        return '"' + name + '"';
    }

    @Override
    public String toString() {
        return quoted();
    }
}
