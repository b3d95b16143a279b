package dev.reactivesession.boot;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value for each setting that can be wrong. */
final class WorkingExamples {

    private static final Map<String, String> BY_SETTING = Map.ofEntries(
            Map.entry("store", "memory (or one of those named above)"),
            Map.entry("idle-timeout", "30m"),
            Map.entry("absolute-timeout", "12h"),
            Map.entry("touch-interval", "1m"),
            Map.entry("store-timeout", "2s"),
            Map.entry("max-replays", "64"),
            Map.entry("renewal.every", "1h"),
            Map.entry("renewal.grace", "10s"),
            Map.entry("max-per-principal", "3"),
            Map.entry("max-per-principal.maximum", "3"),
            Map.entry("cookie.name", "__Host-session"),
            Map.entry("cookie.path", "/"),
            Map.entry("cookie.domain", "example.com (with reactive-session.cookie.name=__Secure-session)"),
            Map.entry("cookie.secure", "true"),
            Map.entry("cookie.same-site", "lax"),
            Map.entry("cookie.max-age", "30d"),
            Map.entry("cookie.partitioned", "false"),
            Map.entry("header.name", "X-Session-Token"),
            Map.entry("json.allowed-packages", "com.example.shop"),
            Map.entry("json.allowed-types", "com.example.shop.Cart"),
            Map.entry("json.max-payload", "1048576"),
            Map.entry("json.max-depth", "200"),
            Map.entry("json.max-attributes", "1000"),
            Map.entry("sweep.interval", "1m"),
            Map.entry("sweep.batch-size", "1000"),
            Map.entry("memory.max-sessions", "100000"),
            Map.entry("r2dbc.table", "reactive_session"),
            Map.entry("r2dbc.schema", "public"),
            Map.entry("r2dbc.initialize-schema", "always"),
            Map.entry("r2dbc.statement-timeout", "2s"),
            Map.entry("r2dbc.sweep-timeout", "1m"),
            Map.entry("redis.prefix", "shop"),
            Map.entry("redis.key-prefix", "shop"),
            Map.entry("redis.index", "true"),
            Map.entry("redis.index-shards", "16"),
            Map.entry("redis.timeout", "2s"),
            Map.entry("redis.expiry-slack", "5m"),
            Map.entry("sealed.keys", "<the output of: openssl rand -base64 32>"),
            Map.entry("sealed.key-file", "/run/secrets/session-keys"),
            Map.entry("sealed.chunks", "2"),
            Map.entry("sealed.padding-block", "0"),
            Map.entry("tiered.max-age", "30s"));

    private WorkingExamples() {}

    static @Nullable String of(String setting) {
        return BY_SETTING.get(setting.substring("reactive-session.".length()));
    }
}
