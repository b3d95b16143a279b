package dev.reactivesession.boot;

import java.util.Locale;

/** Values of tags, written the way that settings are. */
final class TagValues {

    private TagValues() {}

    static String name(Class<?> type) {
        return kebab(type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_"));
    }

    static String kebab(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
