package dev.reactivesession.engine;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A session that is remembered beyond the closing of the browser: since when, and for how long. As text it is an
 * interval of ISO 8601, such as {@code 2026-11-21T18:00:00Z/PT720H}. One that was forgotten again has only the time
 * since when, because it may be older by then than any other may become.
 *
 * @param since when it was asked for, or forgotten
 * @param time how long from then on; null when it was forgotten
 */
record Remembrance(Instant since, @Nullable Duration time) {

    private static final Duration DAY = Duration.ofDays(1);

    Remembrance {
        since = since.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Null when the text is neither an interval nor a time. */
    static @Nullable Remembrance parse(String text) {
        int slash = text.indexOf('/');
        try {
            return slash < 0
                    ? new Remembrance(Instant.parse(text), null)
                    : new Remembrance(
                            Instant.parse(text.substring(0, slash)), Duration.parse(text.substring(slash + 1)));
        } catch (
                @SuppressWarnings("UnusedException") // damage here must not end the session
                DateTimeException damaged) {
            return null;
        }
    }

    String text() {
        return time == null ? since.toString() : since + "/" + time;
    }

    /** Whether asking for that at this time is worth a save: it is not within a day of asking for the same. */
    boolean isNewsAt(Instant now, Duration asked) {
        return !asked.equals(time) || !now.isBefore(since.plus(DAY));
    }

    /** Whether another day of being remembered has begun between two times. */
    boolean isAnotherDay(Instant before, Instant now) {
        return time != null && day(now) > day(before);
    }

    private long day(Instant at) {
        return Duration.between(since, at).toDays();
    }
}
