package dev.reactivesession.boot;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/** Values of tags, written the way that settings are. */
final class TagValues {

    private TagValues() {}

    static String name(Class<?> type) {
        return kebab(type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_"));
    }

    /** The records of a sealed interface, however many interfaces are between. */
    static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(TagValues::leaves)
                : Stream.of(type);
    }

    static String kebab(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
