package dev.reactivesession.boot;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * A timeout that can be switched off by name.
 *
 * @param timeout the timeout, or null for none
 */
public record TimeoutOrNone(@Nullable Duration timeout) {

    /**
     * Reads {@code none}, or a duration such as {@code 12h} or {@code PT12H}.
     *
     * @param text the setting
     * @return what it says
     */
    public static TimeoutOrNone of(String text) {
        return new TimeoutOrNone(text.equalsIgnoreCase("none") ? null : DurationStyle.detectAndParse(text));
    }
}
