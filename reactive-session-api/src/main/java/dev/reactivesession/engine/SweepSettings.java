package dev.reactivesession.engine;

import dev.reactivesession.SessionException;
import java.time.Duration;

/**
 * How expired sessions are removed.
 *
 * @param interval the pause between two sweeps: 1 second to 1 day; a tenth of it more or less, by chance, so that nodes
 *     do not sweep in step
 * @param batchSize how many sessions one deletion removes at most: 1 to 10,000
 * @param maxClockDifference how far the clock of this node may be from that of the store for a sweep to begin: 1 second
 *     to 1 hour
 */
public record SweepSettings(Duration interval, int batchSize, Duration maxClockDifference) {

    private static final Duration DEFAULT_CLOCK_DIFFERENCE = Duration.ofMinutes(1);

    /** Checks every bound. */
    public SweepSettings {
        if (maxClockDifference.compareTo(Duration.ofSeconds(1)) < 0
                || maxClockDifference.compareTo(Duration.ofHours(1)) > 0) {
            throw new SessionException.Misconfigured(
                    "reactive-session.sweep.max-clock-difference is " + maxClockDifference
                            + ", but must be from PT1S to PT1H",
                    null);
        }
        if (interval.compareTo(Duration.ofSeconds(1)) < 0 || interval.compareTo(Duration.ofDays(1)) > 0) {
            throw new SessionException.Misconfigured(
                    "reactive-session.sweep.interval is " + interval + ", but must be from PT1S to PT24H", null);
        }
        if (batchSize < 1 || batchSize > 10_000) {
            throw new SessionException.Misconfigured(
                    "reactive-session.sweep.batch-size is " + batchSize + ", but must be from 1 to 10000", null);
        }
    }

    /**
     * A clock difference of a minute at most.
     *
     * @param interval the pause between two sweeps
     * @param batchSize how many sessions one deletion removes at most
     */
    public SweepSettings(Duration interval, int batchSize) {
        this(interval, batchSize, DEFAULT_CLOCK_DIFFERENCE);
    }

    /**
     * A minute between sweeps, batches of 1,000.
     *
     * @return the defaults
     */
    public static SweepSettings defaults() {
        return new SweepSettings(Duration.ofMinutes(1), 1000);
    }
}
