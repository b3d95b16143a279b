package dev.reactivesession.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is moved. Safe to move and to read from any thread. */
public final class ControllableClock extends Clock {

    private final AtomicReference<Instant> now;

    private final ZoneId zone;

    private ControllableClock(AtomicReference<Instant> now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /**
     * A clock that shows a given time.
     *
     * @param now the time
     * @return a clock in UTC
     */
    public static ControllableClock at(Instant now) {
        return new ControllableClock(new AtomicReference<>(now), ZoneOffset.UTC);
    }

    /**
     * A clock that shows the present, to the millisecond: for stores that drop expired records by their own clock.
     *
     * @return a clock in UTC
     */
    public static ControllableClock atPresent() {
        return at(Instant.now().truncatedTo(ChronoUnit.MILLIS));
    }

    /**
     * Moves the clock on.
     *
     * @param by how far; negative moves it back
     * @return the time it shows now
     */
    public Instant advance(Duration by) {
        return now.updateAndGet(time -> time.plus(by));
    }

    /**
     * Sets the clock.
     *
     * @param time its time from now on
     */
    public void set(Instant time) {
        now.set(time);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** The same clock in another zone: moving one moves both. */
    @Override
    public Clock withZone(ZoneId other) {
        return new ControllableClock(now, other);
    }

    @Override
    public String toString() {
        return "ControllableClock[" + instant() + "]";
    }
}
