package dev.reactivesession.r2dbc.boot;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** The scripts that create the table are read at the start. */
final class SchemaScriptHints implements RuntimeHintsRegistrar {

    /** Instantiated by the tooling. */
    SchemaScriptHints() {}

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        hints.resources().registerPattern("dev/reactivesession/r2dbc/*.sql");
    }
}
