package dev.reactivesession.engine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Knows the values that cannot be changed in place, so that reading one needs no second look when saving. */
final class ImmutableTypes {

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

    private ImmutableTypes() {}

    static boolean is(@Nullable Object value) {
        return value != null && isOneOf(value);
    }

    private static boolean isOneOf(Object value) {
        return TYPES.contains(value.getClass()) || value instanceof Enum<?> || isTime(value);
    }

    private static boolean isTime(Object value) {
        return (value instanceof Temporal || value instanceof TemporalAmount)
                && value.getClass().getPackageName().equals("java.time");
    }
}
