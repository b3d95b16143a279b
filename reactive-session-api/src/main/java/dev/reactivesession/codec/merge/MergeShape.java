package dev.reactivesession.codec.merge;

import java.util.function.Function;

/** How the content of one place is merged. */
public sealed interface MergeShape {

    /** One value, which either side sets as a whole. */
    record Whole() implements MergeShape {}

    /**
     * A list or an array.
     *
     * @param element the place of an element
     * @param replaces whether two sides that each put another element in place of the same one are in conflict; if
     *     not, both are kept, as in a collection that may be a set
     */
    record Elements(MergeSlot element, boolean replaces) implements MergeShape {}

    /** A set: an element is in it or not, and is never merged. */
    record Members() implements MergeShape {}

    /**
     * A map: an object, or an array of pairs where its keys are no names.
     *
     * @param value the place of a value
     */
    record Entries(MergeSlot value) implements MergeShape {}

    /**
     * A bean or a record.
     *
     * @param property the place of each property, by its name
     */
    record Properties(Function<String, MergeSlot> property) implements MergeShape {}

    /**
     * An optional.
     *
     * @param content the place of its value
     */
    record AtMostOne(MergeSlot content) implements MergeShape {}
}
