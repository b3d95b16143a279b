package dev.reactivesession.engine;

import dev.reactivesession.SettingBound;
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

    private static final SettingBound<Duration> INTERVAL =
            SettingBound.within("reactive-session.sweep.interval", Duration.ofSeconds(1), Duration.ofDays(1));

    private static final SettingBound<Integer> BATCH_SIZE =
            SettingBound.within("reactive-session.sweep.batch-size", 1, 10_000);

    private static final SettingBound<Duration> CLOCK_DIFFERENCE = SettingBound.within(
            "reactive-session.sweep.max-clock-difference", Duration.ofSeconds(1), Duration.ofHours(1));

    /** Checks every bound. */
    public SweepSettings {
        INTERVAL.require(interval);
        BATCH_SIZE.require(batchSize);
        CLOCK_DIFFERENCE.require(maxClockDifference);
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
