package dev.reactivesession.boot;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** Times the way that settings are written, in place of the way that Java writes them. */
final class WrittenTimes {

    private static final Pattern ISO = Pattern.compile("\\bPT-?\\d[\\dHMS.-]*[HMS]\\b");

    private WrittenTimes() {}

    static String in(String text) {
        return ISO.matcher(text).replaceAll(time -> written(Duration.parse(time.group())));
    }

    private static String written(Duration time) {
        if (time.toMillis() != 0 && time.equals(Duration.ofDays(time.toDays()))) {
            return time.toDays() + "d";
        }
        return time.abs().compareTo(Duration.ofSeconds(1)) < 0 && !time.isZero()
                ? time.toMillis() + "ms"
                : time.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }
}
