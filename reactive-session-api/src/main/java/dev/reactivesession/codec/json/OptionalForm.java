package dev.reactivesession.codec.json;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.type.WritableTypeId;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * An optional as a JSON array of none or one. Written as the value or null it could not be told from a null, nor from an optional in
 * an optional.
 */
final class OptionalForm {

    private static final Map<Class<?>, Function<Object, Optional<?>>> CONTENT = Map.of(
            Optional.class, value -> (Optional<?>) value,
            OptionalInt.class, value -> box((OptionalInt) value),
            OptionalLong.class, value -> box((OptionalLong) value),
            OptionalDouble.class, value -> box((OptionalDouble) value));

    private OptionalForm() {}

    static boolean fits(Class<?> type) {
        return CONTENT.containsKey(type);
    }

    static JavaType contentOf(JavaType type, Function<Class<?>, JavaType> types) {
        if (type.isReferenceType()) {
            return type.getReferencedType();
        }
        Class<?> optional = type.getRawClass();
        return types.apply(
                optional == OptionalInt.class ? int.class : optional == OptionalLong.class ? long.class : double.class);
    }

    private static Optional<?> box(OptionalInt value) {
        return value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty();
    }

    private static Optional<?> box(OptionalLong value) {
        return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
    }

    private static Optional<?> box(OptionalDouble value) {
        return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }

    private static Object unbox(Class<?> type, @Nullable Object content) {
        if (type == OptionalInt.class) {
            return content == null ? OptionalInt.empty() : OptionalInt.of((Integer) content);
        }
        if (type == OptionalLong.class) {
            return content == null ? OptionalLong.empty() : OptionalLong.of((Long) content);
        }
        if (type == OptionalDouble.class) {
            return content == null ? OptionalDouble.empty() : OptionalDouble.of((Double) content);
        }
        return Optional.ofNullable(content);
    }

    static final class Writer extends StdSerializer<Object> {

        private final JavaType optional;

        private final JavaType content;

        Writer(JavaType optional, JavaType content) {
            super(optional);
            this.optional = optional;
            this.content = content;
        }

        @Override
        public void serialize(Object value, JsonGenerator out, SerializationContext context) {
            out.writeStartArray();
            contents(value, out, context);
            out.writeEndArray();
        }

        @Override
        public void serializeWithType(
                Object value, JsonGenerator out, SerializationContext context, TypeSerializer typing) {
            WritableTypeId id = typing.writeTypePrefix(out, context, typing.typeId(value, JsonToken.START_ARRAY));
            contents(value, out, context);
            typing.writeTypeSuffix(out, context, id);
        }

        private void contents(Object value, JsonGenerator out, SerializationContext context) {
            Function<Object, Optional<?>> box = CONTENT.get(optional.getRawClass());
            if (box != null) {
                box.apply(value).ifPresent(present -> TypedSlot.write(content, present, out, context));
            }
        }
    }

    static final class Reader extends StdDeserializer<Object> {

        private final JavaType optional;

        private final JavaType content;

        Reader(JavaType optional, JavaType content) {
            super(optional);
            this.optional = optional;
            this.content = content;
        }

        @Override
        public Object deserialize(JsonParser in, DeserializationContext context) {
            if (in.currentToken() != JsonToken.START_ARRAY) {
                throw new Refusal("an optional is written as an array of none or one, but is not here");
            }
            if (in.nextToken() == JsonToken.END_ARRAY) {
                return unbox(optional.getRawClass(), null);
            }
            Object present = context.findRootValueDeserializer(content).deserialize(in, context);
            if (present == null || in.nextToken() != JsonToken.END_ARRAY) {
                throw new Refusal("an optional is written as an array of none or one, but is not here");
            }
            return unbox(optional.getRawClass(), present);
        }

        @Override
        public Object deserializeWithType(JsonParser in, DeserializationContext context, TypeDeserializer typing) {
            return typing.deserializeTypedFromArray(in, context);
        }
    }
}
