package dev.reactivesession.engine;

import dev.reactivesession.codec.EncodedValue;
import java.lang.reflect.Type;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What was done to one attribute since it was loaded. Null stands for absent. */
sealed interface AttributeChange {

    /** Which attribute. */
    String name();

    /** What it was when it was loaded. */
    @Nullable
    EncodedValue before();

    /** What it is now, here. */
    @Nullable
    EncodedValue after();

    /** It was set, removed, or changed in place: on a record that moved, this can be a conflict. */
    record Assigned(
            String name,
            @Nullable EncodedValue before,
            @Nullable EncodedValue after) implements AttributeChange {}

    /** It was computed from what it was: on a record that moved, it is computed again. */
    record Computed(
            String name,
            @Nullable EncodedValue before,
            @Nullable EncodedValue after,
            List<UnaryOperator<@Nullable Object>> functions,
            @Nullable Type declared)
            implements AttributeChange {}
}
