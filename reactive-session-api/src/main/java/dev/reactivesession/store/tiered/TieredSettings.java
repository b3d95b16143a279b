package dev.reactivesession.store.tiered;

import dev.reactivesession.SettingBound;
import java.time.Duration;

/**
 * The bounds of a {@link TieredSessionStore}.
 *
 * @param maxAge how long a copy is served after the durable store confirmed it: no node sees a write of another later
 *     than this, whatever fails
 * @param cacheTimeout how long an operation waits for the cache before it does without
 * @param cacheFailures how many failures in a row end the use of the cache for a while
 * @param cachePause how long the cache is left alone then
 * @param durableTimeout how long an operation waits for the durable store; less than the timeout of the sessions, so
 *     that there is time to react
 * @param outageReads how old a copy may be that is served while the durable store is down; zero: such a read fails
 */
public record TieredSettings(
        Duration maxAge,
        Duration cacheTimeout,
        int cacheFailures,
        Duration cachePause,
        Duration durableTimeout,
        Duration outageReads) {

    /** How far the clocks of two nodes may be apart. */
    static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(1);

    /** Checks every bound. */
    public TieredSettings {
        requireAtLeast("max-age", maxAge, Duration.ofMillis(1));
        requireAtLeast("cache-timeout", cacheTimeout, Duration.ofMillis(1));
        requireAtLeast("cache-pause", cachePause, Duration.ofMillis(1));
        requireAtLeast("durable-timeout", durableTimeout, Duration.ofMillis(1));
        requireAtLeast("outage-reads", outageReads, Duration.ZERO);
        requireAtLeast("cache-failures", cacheFailures, 1);
    }

    /**
     * For a cache that all nodes share: copies at most 30 seconds old; 100 ms for the cache, left alone for a second
     * after 3 failures in a row; 1.5 seconds for the durable store; no reads while the durable store is down.
     *
     * @return the defaults
     */
    public static TieredSettings defaults() {
        return new TieredSettings(
                Duration.ofSeconds(30),
                Duration.ofMillis(100),
                3,
                Duration.ofSeconds(1),
                Duration.ofMillis(1500),
                Duration.ZERO);
    }

    /**
     * For a cache in each process: the same, but copies at most one second old.
     *
     * @return the defaults of a near cache
     */
    public static TieredSettings near() {
        return defaults().withMaxAge(Duration.ofSeconds(1));
    }

    /**
     * Another age.
     *
     * @param age at least a millisecond
     * @return a copy
     */
    public TieredSettings withMaxAge(Duration age) {
        return new TieredSettings(age, cacheTimeout, cacheFailures, cachePause, durableTimeout, outageReads);
    }

    /**
     * Another wait for the cache.
     *
     * @param timeout at least a millisecond
     * @return a copy
     */
    public TieredSettings withCacheTimeout(Duration timeout) {
        return new TieredSettings(maxAge, timeout, cacheFailures, cachePause, durableTimeout, outageReads);
    }

    /**
     * Another patience with a failing cache.
     *
     * @param failures at least 1
     * @param pause at least a millisecond
     * @return a copy
     */
    public TieredSettings withCachePause(int failures, Duration pause) {
        return new TieredSettings(maxAge, cacheTimeout, failures, pause, durableTimeout, outageReads);
    }

    /**
     * Another wait for the durable store.
     *
     * @param timeout at least a millisecond
     * @return a copy
     */
    public TieredSettings withDurableTimeout(Duration timeout) {
        return new TieredSettings(maxAge, cacheTimeout, cacheFailures, cachePause, timeout, outageReads);
    }

    /**
     * Serves copies while the durable store is down.
     *
     * @param age how old they may be; zero for none
     * @return a copy
     */
    public TieredSettings withOutageReads(Duration age) {
        return new TieredSettings(maxAge, cacheTimeout, cacheFailures, cachePause, durableTimeout, age);
    }

    /** Until then, every copy from before a change has reached its maximum age, whichever node confirmed it. */
    Duration memory() {
        return maxAge.plus(CLOCK_DIFFERENCE);
    }

    private static <C extends Comparable<C>> void requireAtLeast(String name, C value, C least) {
        SettingBound.atLeast("reactive-session.tiered." + name, least).require(value);
    }
}
