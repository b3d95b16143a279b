package dev.reactivesession.boot;

import java.util.Locale;

/** Where sessions can be kept. */
public enum StoreKind {
    /** In this process: gone with it, and not shared. */
    MEMORY("reactive-session-api"),
    /** In a table of PostgreSQL or H2. */
    R2DBC("reactive-session-r2dbc"),
    /** In Redis. */
    REDIS("reactive-session-redis"),
    /** Sealed in the cookie of the visitor. */
    COOKIE("reactive-session-cookie"),
    /** In Redis, in front of a table. */
    TIERED("reactive-session-redis and reactive-session-r2dbc");

    private final String module;

    StoreKind(String module) {
        this.module = module;
    }

    /**
     * What must be on the class path.
     *
     * @return the name of a module
     */
    String module() {
        return module;
    }

    /**
     * As it is written in the settings.
     *
     * @return lower case
     */
    String setting() {
        return name().toLowerCase(Locale.ROOT);
    }
}
