package dev.reactivesession.engine;

import dev.reactivesession.Attribute;
import dev.reactivesession.codec.EncodedValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value of an attribute in the hands of the application.
 *
 * @param live the value
 * @param declared its type when it was read or put, or null
 * @param origin its stored form when it got there; null for a value that cannot change in place, or was put there whole
 * @param before the stored form that it was made from, or takes the place of; null where that is nothing
 */
record View(
        Object live,
        @Nullable Attribute<?> declared,
        @Nullable EncodedValue origin,
        @Nullable EncodedValue before) {

    static View of(Object live, @Nullable Attribute<?> declared, EncodedValue origin) {
        return new View(live, declared, ImmutableTypes.is(live) ? null : origin, origin);
    }

    boolean isReadAs(@Nullable Attribute<?> wanted) {
        return wanted == null || Objects.equals(wanted, declared);
    }

    EncodedValue encode(AttributeCodec codec, String name) {
        return codec.encode(name, live, declared, before);
    }

    /** The change made in place since it was handed out, or null. */
    AttributeStep.@Nullable Edit edit(AttributeCodec codec, String name) {
        if (origin == null) {
            return null;
        }
        EncodedValue now = encode(codec, name);
        return codec.isSame(name, origin, now, declared) ? null : new AttributeStep.Edit(origin, now, declared);
    }
}
