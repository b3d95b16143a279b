package dev.reactivesession.codec.json;

import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.MergedValue;
import dev.reactivesession.codec.SessionCodec;
import dev.reactivesession.codec.merge.JsonPart;
import dev.reactivesession.codec.merge.MergeSlot;
import dev.reactivesession.codec.merge.ThreeWayMerge;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Merges stored values. All of them are decoded once, so that nothing is merged that cannot be read before or after.
 */
final class ValueMerger {

    private static final String NAME = "merged";

    private final SessionCodec codec;

    private final JsonMapper exactTypes;

    private final JsonMapper declaredTypes;

    private final JsonFactory json;

    ValueMerger(SessionCodec codec, JsonMapper exactTypes, JsonMapper declaredTypes, JsonFactory json) {
        this.codec = codec;
        this.exactTypes = exactTypes;
        this.declaredTypes = declaredTypes;
        this.json = json;
    }

    Optional<MergedValue> merge(EncodedValue base, EncodedValue ours, EncodedValue theirs, @Nullable Type declared) {
        return merge(base, ours, theirs, declared, value -> normal(value, declared));
    }

    /** With another form for values as they would be stored now. */
    Optional<MergedValue> merge(
            EncodedValue base,
            EncodedValue ours,
            EncodedValue theirs,
            @Nullable Type declared,
            UnaryOperator<EncodedValue> normal) {
        if (declared == null && (base.typed() != ours.typed() || base.typed() != theirs.typed())) {
            return Optional.empty();
        }
        boolean typed = declared == null && base.typed();
        ThreeWayMerge merge = new ThreeWayMerge();
        JsonPart merged = merge.merge(
                "",
                slot(declared, typed),
                part(normal.apply(base)),
                part(normal.apply(ours)),
                part(normal.apply(theirs)));
        byte[] bytes = merged.toBytes();
        EncodedValue value = normal.apply(new EncodedValue(typed, bytes, 0, bytes.length));
        return merge.conflicts().contains("")
                ? Optional.empty()
                : Optional.of(new MergedValue(value, merge.conflicts()));
    }

    private MergeSlot slot(@Nullable Type declared, boolean typed) {
        if (declared != null) {
            return new MergeSlots(declaredTypes).of(declaredTypes.constructType(declared));
        }
        return typed ? new MergeSlots(exactTypes).of(exactTypes.constructType(Object.class)) : MergeSlots.natural();
    }

    /** As it would be stored now. A plain value whose type is not declared stays as it is. */
    private EncodedValue normal(EncodedValue value, @Nullable Type declared) {
        Object decoded = codec.decode(NAME, value, declared);
        return declared == null && !value.typed() ? value : codec.encode(NAME, decoded, declared);
    }

    private JsonPart part(EncodedValue value) {
        return new JsonPart(json, value.buffer(), value.offset(), value.offset() + value.length());
    }
}
