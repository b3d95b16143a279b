package dev.reactivesession.engine;

import dev.reactivesession.SettingBound;
import java.time.Duration;

/**
 * How nodes learn of sessions that began or ended elsewhere.
 *
 * @param carried the events that this node tells the others of
 * @param checkInterval how long a stream that waits for the end of its session looks at the record again at the latest:
 *     100 milliseconds to 1 hour
 */
public record SignalSettings(Carried carried, Duration checkInterval) {

    private static final SettingBound<Duration> CHECK_INTERVAL =
            SettingBound.within("reactive-session.ended.check-interval", Duration.ofMillis(100), Duration.ofHours(1));

    /** Checks the bound. */
    public SignalSettings {
        CHECK_INTERVAL.require(checkInterval);
    }

    /** The events that a node tells the others of: each costs one message. */
    public enum Carried {
        /** None, and it hears of none. */
        NONE,
        /** Sessions that end. */
        ENDS,
        /** Sessions that begin and sessions that end. */
        ALL
    }

    /**
     * Nothing is carried; a look every 30 seconds.
     *
     * @return the defaults
     */
    public static SignalSettings defaults() {
        return new SignalSettings(Carried.NONE, Duration.ofSeconds(30));
    }

    /**
     * Other events to tell of.
     *
     * @param choice which
     * @return a copy
     */
    public SignalSettings withCarried(Carried choice) {
        return new SignalSettings(choice, checkInterval);
    }

    /**
     * Another interval.
     *
     * @param choice 100 milliseconds to 1 hour
     * @return a copy
     */
    public SignalSettings withCheckInterval(Duration choice) {
        return new SignalSettings(carried, choice);
    }
}
