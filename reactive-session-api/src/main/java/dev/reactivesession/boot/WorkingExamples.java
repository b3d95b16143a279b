package dev.reactivesession.boot;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value for each setting that can be wrong. */
final class WorkingExamples {

    private static final Map<String, String> BY_SETTING = Map.ofEntries(
            Map.entry("reactive-session.store", "memory (or one of those named above)"),
            Map.entry("reactive-session.enabled", "true"),
            Map.entry("reactive-session.idle-timeout", "30m"),
            Map.entry("reactive-session.absolute-timeout", "12h"),
            Map.entry("reactive-session.touch-interval", "1m"),
            Map.entry("reactive-session.store-timeout", "2s"),
            Map.entry("reactive-session.max-replays", "64"),
            Map.entry("reactive-session.extend-on-access", "true"),
            Map.entry("reactive-session.on-conflict", "last-writer-wins"),
            Map.entry("reactive-session.on-unreadable", "treat-as-absent"),
            Map.entry("reactive-session.save-on-server-error", "false"),
            Map.entry("reactive-session.renewal.every", "1h"),
            Map.entry("reactive-session.renewal.grace", "10s"),
            Map.entry("reactive-session.max-per-principal.maximum", "3"),
            Map.entry("reactive-session.max-per-principal.action", "end-oldest"),
            Map.entry("reactive-session.cookie.name", "__Host-session"),
            Map.entry("reactive-session.cookie.path", "/"),
            Map.entry(
                    "reactive-session.cookie.domain",
                    "example.com (with reactive-session.cookie.name=__Secure-session)"),
            Map.entry("reactive-session.cookie.secure", "true"),
            Map.entry("reactive-session.cookie.same-site", "lax"),
            Map.entry("reactive-session.cookie.max-age", "30d"),
            Map.entry("reactive-session.cookie.partitioned", "false"),
            Map.entry("reactive-session.header.name", "X-Session-Token"),
            Map.entry("reactive-session.json.allowed-packages", "com.example.shop"),
            Map.entry("reactive-session.json.allowed-types", "com.example.shop.Cart"),
            Map.entry("reactive-session.json.max-payload", "1048576"),
            Map.entry("reactive-session.json.max-depth", "200"),
            Map.entry("reactive-session.json.max-attributes", "1000"),
            Map.entry("reactive-session.sweep.enabled", "true"),
            Map.entry("reactive-session.sweep.interval", "1m"),
            Map.entry("reactive-session.sweep.batch-size", "1000"),
            Map.entry("reactive-session.memory.max-sessions", "100000"),
            Map.entry("reactive-session.r2dbc.table", "reactive_session"),
            Map.entry("reactive-session.r2dbc.schema", "public"),
            Map.entry("reactive-session.r2dbc.initialize-schema", "always"),
            Map.entry("reactive-session.r2dbc.statement-timeout", "2s"),
            Map.entry("reactive-session.r2dbc.sweep-timeout", "1m"),
            Map.entry("reactive-session.redis.prefix", "shop:"),
            Map.entry("reactive-session.redis.index", "true"),
            Map.entry("reactive-session.redis.index-shards", "8"),
            Map.entry("reactive-session.redis.timeout", "2s"),
            Map.entry("reactive-session.redis.expiry-slack", "5m"),
            Map.entry("reactive-session.sealed.keys", "<the output of: openssl rand -base64 32>"),
            Map.entry("reactive-session.sealed.key-file", "/run/secrets/session-keys"),
            Map.entry("reactive-session.sealed.key-file-interval", "30s"),
            Map.entry("reactive-session.sealed.chunks", "2"),
            Map.entry("reactive-session.sealed.padding-block", "256"),
            Map.entry("reactive-session.sealed.compressed", "false"),
            Map.entry("reactive-session.sealed.revocation", "memory"),
            Map.entry("reactive-session.tiered.max-age", "30s"),
            Map.entry("reactive-session.tiered.cache-timeout", "100ms"),
            Map.entry("reactive-session.tiered.durable-timeout", "1500ms"),
            Map.entry("reactive-session.tiered.outage-reads", "0s"),
            Map.entry("reactive-session.near-cache.size", "64MB"),
            Map.entry("reactive-session.near-cache.max-age", "1s"),
            Map.entry("spring.data.redis.url", "redis://localhost:6379"),
            Map.entry("spring.r2dbc.url", "r2dbc:postgresql://localhost:5432/shop"));

    private WorkingExamples() {}

    static @Nullable String of(String setting) {
        return BY_SETTING.get(setting);
    }
}
