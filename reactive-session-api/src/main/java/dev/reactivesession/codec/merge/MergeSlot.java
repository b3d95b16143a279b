package dev.reactivesession.codec.merge;

import org.jspecify.annotations.Nullable;

/** A place inside a value: it tells the type and the shape of a part that is found there. */
@FunctionalInterface
public interface MergeSlot {

    /** A place whose content is one value: it is taken as a whole. */
    MergeSlot WHOLE = part -> new Found(null, part, new MergeShape.Whole());

    /** A property that the class does not have. */
    MergeSlot UNKNOWN = part -> new Found(null, part, new MergeShape.Whole());

    /**
     * Looks at a part.
     *
     * @param part found at this place
     * @return its type and shape
     */
    Found look(JsonPart part);

    /**
     * A part with its type.
     *
     * @param type the name of its type as the data has it; null where the data names none
     * @param content the part without the name around it
     * @param shape how it is merged
     */
    record Found(@Nullable String type, JsonPart content, MergeShape shape) {}
}
