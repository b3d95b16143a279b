package dev.reactivesession.redis;

import dev.reactivesession.SessionException;
import dev.reactivesession.SettingBound;
import dev.reactivesession.UnreadablePolicy;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How sessions are kept in Redis. Start from {@link #defaults()}; a value out of bounds is refused with a message that
 * names it.
 *
 * @param keyPrefix the beginning of every key: 1 to 100 letters, digits and {@code . _ : / -}. Applications that share
 *     a server differ in it
 * @param timeout how long one store operation may take, connecting included: 1 millisecond to 1 minute
 * @param expirySlack how long Redis keeps a record past its deadline, for a sweep to report it: 1 millisecond to 1 day
 * @param indexShards over how many slots of a Cluster the index is spread: 1 to 1024. Raise it only: the sweep looks at
 *     no shard beyond it
 * @param onUnreadable how to find a record that another version of this library wrote in another format
 */
public record RedisSessionSettings(
        String keyPrefix, Duration timeout, Duration expirySlack, int indexShards, UnreadablePolicy onUnreadable) {

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._:/-]{1,100}");

    /** Checks every bound. */
    public RedisSessionSettings {
        if (!PREFIX.matcher(keyPrefix).matches()) {
            throw new SessionException.Misconfigured(
                    "reactive-session.redis.prefix is '" + keyPrefix
                            + "', but must be 1 to 100 letters, digits or any of . _ : / -, as in 'shop:'",
                    null);
        }
        requireWithin("timeout", timeout, Duration.ofMillis(1), Duration.ofMinutes(1));
        requireWithin("expiry-slack", expirySlack, Duration.ofMillis(1), Duration.ofDays(1));
        requireWithin("index-shards", indexShards, 1, 1024);
    }

    /**
     * Prefix {@code reactive-session:}, 2 seconds for an operation, 5 minutes of slack, an index over 8 shards; a
     * record in another format is absent.
     *
     * @return the defaults
     */
    public static RedisSessionSettings defaults() {
        return new RedisSessionSettings(
                "reactive-session:", Duration.ofSeconds(2), Duration.ofMinutes(5), 8, UnreadablePolicy.TREAT_AS_ABSENT);
    }

    /**
     * Another key prefix.
     *
     * @param prefix the beginning of every key
     * @return a copy
     */
    public RedisSessionSettings withKeyPrefix(String prefix) {
        return new RedisSessionSettings(prefix, timeout, expirySlack, indexShards, onUnreadable);
    }

    /**
     * Another bound for one operation.
     *
     * @param bound 1 millisecond to 1 minute
     * @return a copy
     */
    public RedisSessionSettings withTimeout(Duration bound) {
        return new RedisSessionSettings(keyPrefix, bound, expirySlack, indexShards, onUnreadable);
    }

    /**
     * Another slack between the deadline of a session and the end of its key.
     *
     * @param slack 1 millisecond to 1 day; more than the time between two sweeps, or some expired sessions are not
     *     reported
     * @return a copy
     */
    public RedisSessionSettings withExpirySlack(Duration slack) {
        return new RedisSessionSettings(keyPrefix, timeout, slack, indexShards, onUnreadable);
    }

    /**
     * Another number of shards.
     *
     * @param shards 1 to 1024
     * @return a copy
     */
    public RedisSessionSettings withIndexShards(int shards) {
        return new RedisSessionSettings(keyPrefix, timeout, expirySlack, shards, onUnreadable);
    }

    /**
     * Another choice for records in another format, which are there after a rollback to an older version. Only finding
     * such a record can treat it as absent: nothing changes or deletes it.
     *
     * @param choice absent, or {@link SessionException.Unreadable}
     * @return a copy
     */
    public RedisSessionSettings withOnUnreadable(UnreadablePolicy choice) {
        return new RedisSessionSettings(keyPrefix, timeout, expirySlack, indexShards, choice);
    }

    private static <C extends Comparable<C>> void requireWithin(String setting, C value, C least, C most) {
        SettingBound.within("reactive-session.redis." + setting, least, most).require(value);
    }
}
