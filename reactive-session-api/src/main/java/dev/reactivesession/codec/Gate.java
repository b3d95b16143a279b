package dev.reactivesession.codec;

import java.lang.reflect.Modifier;

/**
 * Which classes are let through where no name in the data asks for them, because a declared type leads there.
 *
 * @param allowed the allow-list
 * @param strict whether it is asked then too; if not, the code that declares a type is trusted, except with the classes of the
 *     JDK that are no values
 */
record Gate(AllowedTypes allowed, boolean strict) {

    boolean lets(Class<?> type) {
        return isHarmless(type) || allowed.allows(type) || (!strict && !JdkTypes.belongs(type));
    }

    private static boolean isHarmless(Class<?> type) {
        return type == Object.class
                || JdkTypes.isValue(type)
                || Text.of(type) != null
                || type == Slot.class
                || (Modifier.isAbstract(type.getModifiers()) && !type.isEnum());
    }
}
