package dev.reactivesession.engine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Knows the values that cannot be changed in place, so that reading one needs no second look when saving. */
final class Immutable {

    private static final Set<Class<?>> TYPES = Set.of(
            String.class,
            Boolean.class,
            Character.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class,
            UUID.class,
            URI.class);

    private Immutable() {}

    static boolean is(@Nullable Object value) {
        return value != null && isOneOf(value);
    }

    private static boolean isOneOf(Object value) {
        return TYPES.contains(value.getClass()) || value instanceof Enum<?> || isTime(value);
    }

    /** Whether it is a set or a map of nothing but such values, so that equality is that of its content. */
    static boolean isUnorderedOf(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.keySet().stream().allMatch(Immutable::is)
                    && map.values().stream().allMatch(Immutable::is);
        }
        return value instanceof Set<?> set && set.stream().allMatch(Immutable::is);
    }

    private static boolean isTime(Object value) {
        return (value instanceof Temporal || value instanceof TemporalAmount)
                && value.getClass().getPackageName().equals("java.time");
    }
}
