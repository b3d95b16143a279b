package dev.reactivesession.boot;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** Times in the form of settings, {@code 1m30s}, in place of the form of Java, {@code PT1M30S}. */
final class DurationText {

    private static final Pattern ISO = Pattern.compile("\\bPT-?\\d[\\dHMS.-]*[HMS]\\b");

    private static final Duration EXACT = Duration.ofSeconds(10);

    private DurationText() {}

    static String in(String text) {
        return ISO.matcher(text).replaceAll(time -> written(Duration.parse(time.group())));
    }

    /** A measured time, as exact as a reader needs it. */
    static String of(Duration time) {
        return written(
                time.compareTo(EXACT) < 0 ? Duration.ofMillis(time.toMillis()) : Duration.ofSeconds(time.toSeconds()));
    }

    static String written(Duration time) {
        if (time.toMillis() != 0 && time.equals(Duration.ofDays(time.toDays()))) {
            return time.toDays() + "d";
        }
        return time.abs().compareTo(Duration.ofSeconds(1)) < 0 && !time.isZero()
                ? time.toMillis() + "ms"
                : time.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }
}
