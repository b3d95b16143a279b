package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionException;
import java.time.Duration;

/**
 * The bounds of a {@link TieredSessionStore}.
 *
 * @param maxAge how long a copy is served after the durable store confirmed it: no node sees a write of another later than this, whatever fails
 * @param cacheTimeout how long an operation waits for the cache before it does without
 * @param cacheFailures how many failures in a row end the use of the cache for a while
 * @param cachePause how long the cache is left alone then
 * @param durableTimeout how long an operation waits for the durable store; less than the timeout of the sessions, so that there is time to react
 * @param touchLag how far the times in the durable store may lag behind those in the cache; never more than a quarter of a session's idle timeout
 * @param outageReads how old a copy may be that is served while the durable store is down; zero: such a read fails
 */
public record TieredSettings(
        Duration maxAge,
        Duration cacheTimeout,
        int cacheFailures,
        Duration cachePause,
        Duration durableTimeout,
        Duration touchLag,
        Duration outageReads) {

    private static final int LARGEST_SHARE_OF_IDLE = 4;

    private static final int LEASE_IN_TIMEOUTS = 2;

    /** Checks every bound. */
    public TieredSettings {
        requireAtLeast("max-age", maxAge, Duration.ofMillis(1));
        requireAtLeast("cache-timeout", cacheTimeout, Duration.ofMillis(1));
        requireAtLeast("cache-pause", cachePause, Duration.ofMillis(1));
        requireAtLeast("durable-timeout", durableTimeout, Duration.ofMillis(1));
        requireAtLeast("touch-lag", touchLag, Duration.ZERO);
        requireAtLeast("outage-reads", outageReads, Duration.ZERO);
        if (cacheFailures < 1) {
            throw wrong("cache-failures", cacheFailures, 1);
        }
    }

    /**
     * For a cache that all nodes share: copies at most 30 seconds old; 100 ms for the cache, left alone for a second after 3 failures in a row; 1.5
     * seconds for the durable store; touches lag behind by at most 3 minutes; no reads while the durable store is down.
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
                Duration.ofMinutes(3),
                Duration.ZERO);
    }

    /**
     * For a cache in each process: the same, but copies at most one second old, and every touch goes to the store that the nodes share.
     *
     * @return the defaults of a near cache
     */
    public static TieredSettings near() {
        return defaults().withMaxAge(Duration.ofSeconds(1)).withTouchLag(Duration.ZERO);
    }

    /**
     * Another age.
     *
     * @param age at least a millisecond
     * @return a copy
     */
    public TieredSettings withMaxAge(Duration age) {
        return new TieredSettings(age, cacheTimeout, cacheFailures, cachePause, durableTimeout, touchLag, outageReads);
    }

    /**
     * Another wait for the cache.
     *
     * @param timeout at least a millisecond
     * @return a copy
     */
    public TieredSettings withCacheTimeout(Duration timeout) {
        return new TieredSettings(maxAge, timeout, cacheFailures, cachePause, durableTimeout, touchLag, outageReads);
    }

    /**
     * Another patience with a failing cache.
     *
     * @param failures at least 1
     * @param pause at least a millisecond
     * @return a copy
     */
    public TieredSettings withCachePause(int failures, Duration pause) {
        return new TieredSettings(maxAge, cacheTimeout, failures, pause, durableTimeout, touchLag, outageReads);
    }

    /**
     * Another wait for the durable store.
     *
     * @param timeout at least a millisecond
     * @return a copy
     */
    public TieredSettings withDurableTimeout(Duration timeout) {
        return new TieredSettings(maxAge, cacheTimeout, cacheFailures, cachePause, timeout, touchLag, outageReads);
    }

    /**
     * Another lag.
     *
     * @param lag zero (every touch goes to the durable store) or more
     * @return a copy
     */
    public TieredSettings withTouchLag(Duration lag) {
        return new TieredSettings(maxAge, cacheTimeout, cacheFailures, cachePause, durableTimeout, lag, outageReads);
    }

    /**
     * Serves copies while the durable store is down.
     *
     * @param age how old they may be; zero for none
     * @return a copy
     */
    public TieredSettings withOutageReads(Duration age) {
        return new TieredSettings(maxAge, cacheTimeout, cacheFailures, cachePause, durableTimeout, touchLag, age);
    }

    Duration lagOf(Duration idleTimeout) {
        return shorter(touchLag, idleTimeout.dividedBy(LARGEST_SHARE_OF_IDLE));
    }

    /** How far behind the durable store may be when nobody can ask the cache. */
    Duration largestLag() {
        return touchLag.plus(outageReads);
    }

    /** Whoever took longer to read has failed or been cancelled, and somebody else may fill. */
    Duration lease() {
        return durableTimeout.plus(cacheTimeout).multipliedBy(LEASE_IN_TIMEOUTS);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static void requireAtLeast(String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            throw wrong(name, value, least);
        }
    }

    private static SessionException.Misconfigured wrong(String name, Object value, Object least) {
        return new SessionException.Misconfigured(
                "reactive-session.tiered." + name + " is " + value + ", but must be at least " + least, null);
    }
}
