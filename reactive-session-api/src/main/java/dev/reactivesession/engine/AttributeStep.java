package dev.reactivesession.engine;

import dev.reactivesession.Attribute;
import dev.reactivesession.codec.EncodedValue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was done to an attribute. A step can be done again, on a value that another request stored meanwhile.
 */
sealed interface AttributeStep {

    /**
     * Another value was put in place of the whole, or it was removed.
     *
     * @param after the stored form of the new value, or null
     */
    record Replace(@Nullable EncodedValue after) implements AttributeStep {}

    /**
     * A value in the hands of the application was changed in place.
     *
     * @param before its stored form when it got there
     * @param after its stored form now
     * @param declared its type when it was read, or null
     */
    record Edit(
            EncodedValue before,
            EncodedValue after,
            @Nullable Attribute<?> declared) implements AttributeStep {}

    /**
     * It was computed from its earlier value.
     *
     * @param function computes it
     * @param declared its type when it was read, or null
     */
    record Compute(
            UnaryOperator<@Nullable Object> function,
            @Nullable Attribute<?> declared) implements AttributeStep {}
}
