package dev.reactivesession.engine;

import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.engine.AttributeStep.Replace;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The change of one attribute between two saves. Null stands for absent.
 *
 * @param name which attribute
 * @param before its stored form when this began
 * @param after its stored form now, here
 * @param steps the steps, in order; a {@link Replace} can only be the first
 */
record AttributeChange(
        String name,
        @Nullable EncodedValue before,
        @Nullable EncodedValue after,
        List<AttributeStep> steps) {

    boolean isNone() {
        return Objects.equals(before, after);
    }

    AttributeChange then(AttributeChange next) {
        List<AttributeStep> both = new ArrayList<>();
        if (!(next.steps.get(0) instanceof Replace)) {
            both.addAll(steps);
        }
        both.addAll(next.steps);
        return new AttributeChange(name, before, next.after, both);
    }
}
