package dev.reactivesession.boot;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.SessionLimits.PerPrincipal;
import dev.reactivesession.SessionPolicies;
import dev.reactivesession.codec.json.JsonCodecSettings;
import dev.reactivesession.engine.SweepSettings;
import dev.reactivesession.store.tiered.TieredSettings;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.autoconfigure.ServerProperties.Reactive.Session;
import org.springframework.util.ClassUtils;

/** The library's own settings, out of the properties; where those are silent, out of Boot's. */
final class SettingsOf {

    private SettingsOf() {}

    static SessionLimits limits(SessionProperties properties, Session boot) {
        SessionLimits defaults = SessionLimits.defaults().withIdleTimeout(idleTimeout(properties, boot));
        return new SessionLimits(
                defaults.idleTimeout(),
                absoluteTimeout(properties.absoluteTimeout(), defaults),
                otherwise(properties.touchInterval(), defaults.touchInterval()),
                otherwise(properties.storeTimeout(), defaults.storeTimeout()),
                otherwise(properties.maxReplays(), defaults.maxReplays()),
                renewal(properties.renewal()),
                perPrincipal(properties.maxPerPrincipal()));
    }

    /** Boot says "never" with a negative time. */
    private static Duration idleTimeout(SessionProperties properties, Session boot) {
        if (properties.idleTimeout() != null) {
            return properties.idleTimeout();
        }
        return boot.getTimeout().isNegative() ? SessionLimits.LONGEST : boot.getTimeout();
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
        return new SweepSettings(sweep.interval(), sweep.batchSize());
    }

    static JsonCodecSettings json(SessionProperties.Json json) {
        JsonCodecSettings defaults = JsonCodecSettings.defaults();
        return new JsonCodecSettings(
                json.allowedPackages(),
                json.allowedTypes(),
                defaults.modules(),
                defaults.validator(),
                otherwise(json.maxPayload(), defaults.maxPayload()),
                otherwise(json.maxDepth(), defaults.maxDepth()),
                otherwise(json.maxAttributes(), defaults.maxAttributes()));
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
        TieredSettings aged = maxAge == null ? near : near.withMaxAge(requirePositive(maxAge));
        return aged.withDurableTimeout(otherwise(properties.tiered().durableTimeout(), aged.durableTimeout()));
    }

    private static Duration requirePositive(Duration maxAge) {
        if (maxAge.isNegative() || maxAge.isZero()) {
            throw new SessionException.Misconfigured(
                    "reactive-session.near-cache.max-age is " + maxAge + ", but must be at least PT0.001S", null);
        }
        return maxAge;
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
