package dev.reactivesession.engine;

import dev.reactivesession.SessionException;
import java.time.Duration;

/**
 * How expired sessions are removed.
 *
 * @param interval the pause between two sweeps: 1 second to 1 day; a tenth of it more or less, by chance, so that nodes do not sweep in step
 * @param batchSize how many sessions one deletion removes at most: 1 to 10,000
 */
public record SweepSettings(Duration interval, int batchSize) {

    /** Checks both bounds. */
    public SweepSettings {
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
     * A minute between sweeps, batches of 1,000.
     *
     * @return the defaults
     */
    public static SweepSettings defaults() {
        return new SweepSettings(Duration.ofMinutes(1), 1000);
    }
}
