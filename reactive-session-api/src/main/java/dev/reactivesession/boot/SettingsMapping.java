package dev.reactivesession.boot;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.SessionLimits.PerPrincipal;
import dev.reactivesession.SessionPolicies;
import dev.reactivesession.SettingBound;
import dev.reactivesession.codec.json.JsonCodecSettings;
import dev.reactivesession.engine.SignalSettings;
import dev.reactivesession.engine.SweepSettings;
import dev.reactivesession.store.tiered.TieredSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/** Makes the settings of the library from the properties, and from those of Boot where ours are not set. */
final class SettingsMapping {

    private static final SettingBound<Duration> NEAR_MAX_AGE =
            SettingBound.atLeast("reactive-session.near-cache.max-age", Duration.ofMillis(1));

    private static final SettingBound<DataSize> MAX_PAYLOAD =
            SettingBound.within("reactive-session.json.max-payload", DataSize.ofKilobytes(1), DataSize.ofMegabytes(64));

    private static final int MAX_SESSIONS = 100_000;

    private SettingsMapping() {}

    static SessionLimits limits(SessionProperties properties, FrameworkSettings boot) {
        SessionLimits defaults = SessionLimits.defaults().withIdleTimeout(idleTimeout(properties, boot));
        return new SessionLimits(
                defaults.idleTimeout(),
                absoluteTimeout(properties.absoluteTimeout(), defaults),
                otherwise(properties.touchInterval(), defaults.touchInterval()),
                otherwise(properties.storeTimeout(), defaults.storeTimeout()),
                otherwise(properties.maxReplays(), defaults.maxReplays()),
                renewal(properties.renewal()),
                perPrincipal(properties.maxPerPrincipal()),
                otherwise(properties.remember().max(), defaults.rememberMax()));
    }

    /** In Boot a negative time is never. */
    private static Duration idleTimeout(SessionProperties properties, FrameworkSettings boot) {
        Duration timeout = otherwise(properties.idleTimeout(), boot.timeout());
        return properties.idleTimeout() == null && timeout.isNegative() ? SessionLimits.LONGEST : timeout;
    }

    static int maxSessions(SessionProperties.Memory memory, FrameworkSettings boot) {
        return otherwise(memory.maxSessions(), otherwise(boot.maxSessions(), MAX_SESSIONS));
    }

    private static @Nullable Duration absoluteTimeout(@Nullable TimeoutOrNone choice, SessionLimits defaults) {
        return choice == null ? defaults.absoluteTimeout() : choice.timeout();
    }

    private static SessionLimits.@Nullable Renewal renewal(SessionProperties.Renewal renewal) {
        return renewal.every() == null ? null : new SessionLimits.Renewal(renewal.every(), renewal.grace());
    }

    private static @Nullable PerPrincipal perPrincipal(SessionProperties.MaxPerPrincipal limit) {
        return limit.maximum() == null ? null : new PerPrincipal(limit.maximum(), limit.action());
    }

    static SessionPolicies policies(SessionProperties properties) {
        return new SessionPolicies(
                properties.onConflict(),
                properties.onUnreadable(),
                properties.extendOnAccess(),
                properties.saveOnServerError());
    }

    static SweepSettings sweep(SessionProperties.Sweep sweep) {
        return new SweepSettings(sweep.interval(), sweep.batchSize(), sweep.maxClockDifference());
    }

    static SignalSettings signals(SessionProperties properties) {
        return new SignalSettings(properties.signals(), properties.ended().checkInterval());
    }

    static JsonCodecSettings json(SessionProperties.Json json) {
        JsonCodecSettings defaults = JsonCodecSettings.defaults();
        return new JsonCodecSettings(
                json.allowedPackages(),
                json.allowedTypes(),
                renamed(json.renamedTypes()),
                defaults.modules(),
                defaults.validator(),
                maxPayload(json.maxPayload(), defaults.maxPayload()),
                otherwise(json.maxDepth(), defaults.maxDepth()),
                otherwise(json.maxAttributes(), defaults.maxAttributes()));
    }

    private static Map<String, String> renamed(Set<String> pairs) {
        Map<String, String> renamed = new HashMap<>();
        for (String pair : pairs) {
            String[] names = pair.split("->", 2);
            if (names.length < 2) {
                throw new SessionException.Misconfigured(
                        "reactive-session.json.renamed-types is '" + pair + "', but must hold pairs of full names of"
                                + " classes, such as com.old.Item->com.example.Item",
                        null);
            }
            renamed.put(names[0].strip(), names[1].strip());
        }
        return renamed;
    }

    private static int maxPayload(@Nullable DataSize choice, int byDefault) {
        return choice == null ? byDefault : (int) MAX_PAYLOAD.require(choice).toBytes();
    }

    static TieredSettings tiered(SessionProperties.Tiered tiered) {
        TieredSettings defaults = TieredSettings.defaults();
        return new TieredSettings(
                otherwise(tiered.maxAge(), defaults.maxAge()),
                otherwise(tiered.cacheTimeout(), defaults.cacheTimeout()),
                defaults.cacheFailures(),
                defaults.cachePause(),
                otherwise(tiered.durableTimeout(), defaults.durableTimeout()),
                otherwise(tiered.outageReads(), defaults.outageReads()));
    }

    static TieredSettings near(SessionProperties properties) {
        TieredSettings near = TieredSettings.near();
        Duration maxAge = properties.nearCache().maxAge();
        TieredSettings aged = maxAge == null ? near : near.withMaxAge(NEAR_MAX_AGE.require(maxAge));
        return aged.withDurableTimeout(otherwise(properties.tiered().durableTimeout(), aged.durableTimeout()));
    }

    static long nearCacheBytes(SessionProperties.NearCache near, @Nullable ClassLoader loader) {
        if (!ClassUtils.isPresent("com.github.benmanes.caffeine.cache.Caffeine", loader)) {
            throw new SessionException.Misconfigured(
                    "reactive-session.near-cache.size is set, but Caffeine is not on the class path; add"
                            + " com.github.ben-manes.caffeine:caffeine, or remove the setting",
                    null);
        }
        return Objects.requireNonNull(near.size()).toBytes();
    }

    static <T> T otherwise(@Nullable T choice, T byDefault) {
        return Objects.requireNonNullElse(choice, byDefault);
    }
}
