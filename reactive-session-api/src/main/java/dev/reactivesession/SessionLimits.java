package dev.reactivesession;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of every session. Start from {@link #defaults()}; a value out of bounds is refused with a message that
 * names it.
 *
 * @param idleTimeout how long a session lives unused, unless it says otherwise itself: 1 second to 3650 days
 * @param absoluteTimeout how long a session lives at most, however busy it is; null only through {@link
 * #withoutAbsoluteTimeout()}
 * @param touchInterval how far the recorded last use may lag behind: less than the idle timeout
 * @param storeTimeout how long one store operation may take: 1 millisecond to 1 minute
 * @param maxReplays how often a save is replayed when other requests saved first: 1 to 1000
 * @param renewal periodic renewal of the token; null for none
 * @param perPrincipal how many sessions a user may have; null for any number
 * @param rememberMax how long a session may be remembered at most: 1 second to 400 days
 */
public record SessionLimits(
        Duration idleTimeout,
        @Nullable Duration absoluteTimeout,
        Duration touchInterval,
        Duration storeTimeout,
        int maxReplays,
        @Nullable Renewal renewal,
        @Nullable PerPrincipal perPrincipal,
        Duration rememberMax) {

    /** The longest time that a session may be remembered, because browsers keep no cookie longer: 400 days. */
    public static final Duration LONGEST_REMEMBERED = Duration.ofDays(400);

    /** The longest idle timeout: ten years, which is to say never. */
    public static final Duration LONGEST = Duration.ofDays(3650);

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private static final Duration LONGEST_TOUCH_INTERVAL = Duration.ofMinutes(1);

    /** Checks every bound. */
    public SessionLimits {
        requireIdleTimeout(idleTimeout);
        if (absoluteTimeout != null) {
            requireWithin("absolute-timeout", absoluteTimeout, SHORTEST, LONGEST);
        }
        requireWithin("touch-interval", touchInterval, Duration.ZERO, idleTimeout.minusMillis(1));
        requireWithin("store-timeout", storeTimeout, Duration.ofMillis(1), Duration.ofMinutes(1));
        requireWithin("max-replays", maxReplays, 1, 1000);
        requireWithin("remember.max", rememberMax, SHORTEST, LONGEST_REMEMBERED);
    }

    /**
     * The bounds of sessions that may be remembered for 400 days.
     *
     * @param idleTimeout how long a session lives unused, unless it says otherwise itself: 1 second to 3650 days
     * @param absoluteTimeout how long a session lives at most, however busy it is
     * @param touchInterval how far the recorded last use may lag behind: less than the idle timeout
     * @param storeTimeout how long one store operation may take: 1 millisecond to 1 minute
     * @param maxReplays how often a save is replayed when other requests saved first: 1 to 1000
     * @param renewal periodic renewal of the token; null for none
     * @param perPrincipal how many sessions a user may have; null for any number
     */
    public SessionLimits(
            Duration idleTimeout,
            @Nullable Duration absoluteTimeout,
            Duration touchInterval,
            Duration storeTimeout,
            int maxReplays,
            @Nullable Renewal renewal,
            @Nullable PerPrincipal perPrincipal) {
        this(
                idleTimeout,
                absoluteTimeout,
                touchInterval,
                storeTimeout,
                maxReplays,
                renewal,
                perPrincipal,
                LONGEST_REMEMBERED);
    }

    /**
     * Idle 30 minutes, absolute 12 hours, touched at most once a minute, 2 seconds for the store, 64 replays, no
     * renewal, any number per user.
     *
     * @return the defaults
     */
    public static SessionLimits defaults() {
        Duration idle = Duration.ofMinutes(30);
        return new SessionLimits(
                idle, Duration.ofHours(12), touchIntervalFor(idle), Duration.ofSeconds(2), 64, null, null);
    }

    /**
     * Another idle timeout, and a tenth of it, at most a minute, as the touch interval.
     *
     * @param timeout 1 second to 3650 days
     * @return a copy
     */
    public SessionLimits withIdleTimeout(Duration timeout) {
        requireIdleTimeout(timeout);
        return new SessionLimits(
                timeout,
                absoluteTimeout,
                touchIntervalFor(timeout),
                storeTimeout,
                maxReplays,
                renewal,
                perPrincipal,
                rememberMax);
    }

    /**
     * Another absolute timeout.
     *
     * @param timeout 1 second to 3650 days
     * @return a copy
     */
    public SessionLimits withAbsoluteTimeout(Duration timeout) {
        return new SessionLimits(
                idleTimeout, timeout, touchInterval, storeTimeout, maxReplays, renewal, perPrincipal, rememberMax);
    }

    /**
     * Lets a session live as long as it is used.
     *
     * @return a copy
     */
    public SessionLimits withoutAbsoluteTimeout() {
        return new SessionLimits(
                idleTimeout, null, touchInterval, storeTimeout, maxReplays, renewal, perPrincipal, rememberMax);
    }

    /**
     * Another touch interval.
     *
     * @param interval zero (touch on every use) up to less than the idle timeout
     * @return a copy
     */
    public SessionLimits withTouchInterval(Duration interval) {
        return new SessionLimits(
                idleTimeout, absoluteTimeout, interval, storeTimeout, maxReplays, renewal, perPrincipal, rememberMax);
    }

    /**
     * Another bound for one store operation.
     *
     * @param timeout 1 millisecond to 1 minute
     * @return a copy
     */
    public SessionLimits withStoreTimeout(Duration timeout) {
        return new SessionLimits(
                idleTimeout, absoluteTimeout, touchInterval, timeout, maxReplays, renewal, perPrincipal, rememberMax);
    }

    /**
     * Another bound for replays.
     *
     * @param replays 1 to 1000
     * @return a copy
     */
    public SessionLimits withMaxReplays(int replays) {
        return new SessionLimits(
                idleTimeout, absoluteTimeout, touchInterval, storeTimeout, replays, renewal, perPrincipal, rememberMax);
    }

    /**
     * Periodic renewal of the token.
     *
     * @param choice how often, and how long the old token is still taken
     * @return a copy
     */
    public SessionLimits withRenewal(Renewal choice) {
        return new SessionLimits(
                idleTimeout,
                absoluteTimeout,
                touchInterval,
                storeTimeout,
                maxReplays,
                choice,
                perPrincipal,
                rememberMax);
    }

    /**
     * A maximum of sessions for each user.
     *
     * @param choice how many, and what happens to one more
     * @return a copy
     */
    public SessionLimits withPerPrincipal(PerPrincipal choice) {
        return new SessionLimits(
                idleTimeout, absoluteTimeout, touchInterval, storeTimeout, maxReplays, renewal, choice, rememberMax);
    }

    /**
     * Another bound for the time that a session is remembered.
     *
     * @param longest 1 second to 400 days
     * @return a copy
     */
    public SessionLimits withRememberMax(Duration longest) {
        return new SessionLimits(
                idleTimeout, absoluteTimeout, touchInterval, storeTimeout, maxReplays, renewal, perPrincipal, longest);
    }

    /**
     * Refuses to remember a session for a time that is out of bounds.
     *
     * @param time the time to check
     * @return the time
     */
    public Duration requireRemembered(Duration time) {
        return SettingBound.within("the time of remember() (reactive-session.remember.max)", SHORTEST, rememberMax)
                .require(time);
    }

    /**
     * The first instant at which a session is gone: the earlier of its idle and its absolute deadline.
     *
     * @param createdAt when it began
     * @param lastAccessedAt when it was used last
     * @param idle its idle timeout
     * @return its deadline
     */
    public Instant deadline(Instant createdAt, Instant lastAccessedAt, Duration idle) {
        Instant idleDeadline = lastAccessedAt.plus(idle);
        if (absoluteTimeout == null) {
            return idleDeadline;
        }
        Instant absoluteDeadline = createdAt.plus(absoluteTimeout);
        return absoluteDeadline.isBefore(idleDeadline) ? absoluteDeadline : idleDeadline;
    }

    /**
     * Refuses an idle timeout that is out of bounds.
     *
     * @param timeout the timeout to check
     * @return the timeout
     */
    public static Duration requireIdleTimeout(Duration timeout) {
        return requireWithin("idle-timeout", timeout, SHORTEST, LONGEST);
    }

    private static Duration touchIntervalFor(Duration idle) {
        Duration tenth = idle.dividedBy(10);
        return tenth.compareTo(LONGEST_TOUCH_INTERVAL) < 0 ? tenth : LONGEST_TOUCH_INTERVAL;
    }

    private static <C extends Comparable<C>> C requireWithin(String setting, C value, C least, C most) {
        return SettingBound.within("reactive-session." + setting, least, most).require(value);
    }

    /**
     * Periodic renewal of the token.
     *
     * @param every the age at which a token is replaced: 1 second to 3650 days
     * @param grace how long the replaced token is still taken, for requests already under way: at most a minute
     */
    public record Renewal(Duration every, Duration grace) {

        /** Checks both bounds. */
        public Renewal {
            requireWithin("renewal.every", every, SHORTEST, LONGEST);
            requireWithin("renewal.grace", grace, Duration.ZERO, Duration.ofMinutes(1));
        }
    }

    /**
     * How many sessions a user may have at once.
     *
     * @param maximum 1 to 1000
     * @param action what happens to one more
     */
    public record PerPrincipal(int maximum, Action action) {

        /** Checks the bound. */
        public PerPrincipal {
            requireWithin("max-per-principal.maximum", maximum, 1, 1000);
        }

        /** The rule for a user who has as many sessions as allowed, and logs in once more. */
        public enum Action {
            /** The login fails with {@link SessionException.LimitReached}. */
            REFUSE_NEW,
            /** The sessions used longest ago are ended. */
            END_OLDEST
        }
    }
}
