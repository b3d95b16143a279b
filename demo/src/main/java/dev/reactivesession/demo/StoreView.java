package dev.reactivesession.demo;

import java.util.Arrays;
import java.util.List;
import org.springframework.core.env.Environment;

/**
 * Where the sessions of this demo are.
 *
 * @param place in words
 * @param profiles with which it was started
 * @param stored whether there is a store at all, rather than a cookie that holds everything
 * @param canFail whether its line can be cut
 * @param canBeShared whether a second node sees the same sessions
 */
record StoreView(String place, List<String> profiles, boolean stored, boolean canFail, boolean canBeShared) {

    static StoreView of(Environment environment, boolean canFail) {
        List<String> profiles = Arrays.asList(environment.getActiveProfiles());
        String store = environment.getProperty("reactive-session.store", "r2dbc");
        boolean cookie = store.equals("cookie");
        return new StoreView(place(store, profiles), profiles, !cookie, canFail, !cookie && !store.equals("memory"));
    }

    private static String place(String store, List<String> profiles) {
        return switch (store) {
            case "memory" -> "the memory of this process";
            case "cookie" -> "the cookie, sealed";
            case "redis" -> "Redis";
            case "tiered" -> "PostgreSQL, with Redis in front";
            default -> profiles.contains("postgres") ? "PostgreSQL" : "an H2 file";
        };
    }
}
