package dev.reactivesession.codec.json;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.type.WritableTypeId;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * A map as a JSON object where its keys can be read back from names, and otherwise as an array of pairs. JSON alone
 * would turn every key into a string.
 */
final class MapForm {

    private MapForm() {}

    private static boolean isName(Class<?> key) {
        return key == String.class
                || key == Integer.class
                || key == Long.class
                || key == Short.class
                || key == Byte.class
                || key == Boolean.class
                || TextEncoding.of(key) != null;
    }

    /** Null where Jackson knows by itself. */
    static @Nullable KeyDeserializer keyReader(
            JavaType key, DeserializationConfig config, BeanDescription.@Nullable Supplier bean) {
        TextEncoding<?> text = TextEncoding.of(key.getRawClass());
        if (text != null) {
            return new TextForm.KeyReader<>(text);
        }
        return key.getRawClass().isEnum() || isName(key.getRawClass()) ? null : new NameReader(key.getRawClass());
    }

    /** Keys of any other type are written as names only when all of them are strings. */
    private static final class NameReader extends KeyDeserializer {

        private final Class<?> type;

        NameReader(Class<?> type) {
            this.type = type;
        }

        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            if (!type.isAssignableFrom(String.class)) {
                throw new Refusal("a map whose keys are no names is written as an array of pairs, but is not here");
            }
            return key;
        }
    }

    static final class Writer extends StdSerializer<Map<?, ?>> {

        private final JavaType key;

        private final JavaType content;

        Writer(JavaType map) {
            super(map);
            this.key = map.getKeyType();
            this.content = map.getContentType();
        }

        @Override
        public boolean isEmpty(SerializationContext context, Map<?, ?> map) {
            return map.isEmpty();
        }

        @Override
        public void serialize(Map<?, ?> map, JsonGenerator out, SerializationContext context) {
            if (hasNames(map, key.getRawClass().isEnum())) {
                out.writeStartObject(map);
                names(map, out, context);
                out.writeEndObject();
            } else {
                out.writeStartArray(map);
                pairs(map, out, context);
                out.writeEndArray();
            }
        }

        @Override
        public void serializeWithType(
                Map<?, ?> map, JsonGenerator out, SerializationContext context, TypeSerializer typing) {
            boolean names = hasNames(map, key.getRawClass().isEnum() || map instanceof EnumMap);
            WritableTypeId id = typing.writeTypePrefix(
                    out, context, typing.typeId(map, names ? JsonToken.START_OBJECT : JsonToken.START_ARRAY));
            if (names) {
                names(map, out, context);
            } else {
                pairs(map, out, context);
            }
            typing.writeTypeSuffix(out, context, id);
        }

        private boolean hasNames(Map<?, ?> map, boolean ofOneEnum) {
            boolean known = ofOneEnum || isName(key.getRawClass());
            for (Object one : map.keySet()) {
                if (one instanceof String text ? !TextEncoding.canBeAName(text) : !known || one == null) {
                    return false;
                }
            }
            return true;
        }

        private void names(Map<?, ?> map, JsonGenerator out, SerializationContext context) {
            UnorderedStretch stretch = UnorderedStretch.begin(map.getClass(), map.size(), out);
            map.forEach((name, value) -> {
                if (name instanceof String text) {
                    out.writeName(text);
                } else {
                    TypedSlotWriters.find(key, context)
                            .name(name.getClass(), context)
                            .serialize(name, out, context);
                }
                TypedSlot.write(content, value, out, context);
                UnorderedStretch.elementEnded(stretch, out);
            });
            UnorderedStretch.ended(stretch);
        }

        private void pairs(Map<?, ?> map, JsonGenerator out, SerializationContext context) {
            UnorderedStretch stretch = UnorderedStretch.begin(map.getClass(), map.size(), out);
            map.forEach((one, value) -> {
                out.writeStartArray();
                TypedSlot.write(key, one, out, context);
                TypedSlot.write(content, value, out, context);
                out.writeEndArray();
                UnorderedStretch.elementEnded(stretch, out);
            });
            UnorderedStretch.ended(stretch);
        }
    }

    /** Adds the pairs to the types that Jackson reads by itself. */
    static final class Reader extends DelegatingDeserializer {

        private final JavaType map;

        Reader(JavaType map, ValueDeserializer<?> objects) {
            super(objects);
            this.map = map;
        }

        @Override
        protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> objects) {
            return new Reader(map, objects);
        }

        @Override
        public Object deserialize(JsonParser in, DeserializationContext context) {
            return in.currentToken() == JsonToken.START_ARRAY ? pairs(in, context) : super.deserialize(in, context);
        }

        @SuppressWarnings("unchecked") // the instantiator of a map gives a map
        private Object pairs(JsonParser in, DeserializationContext context) {
            Map<@Nullable Object, @Nullable Object> pairs =
                    (Map<@Nullable Object, @Nullable Object>) getDelegatee().getEmptyValue(context);
            ValueDeserializer<Object> keys = context.findRootValueDeserializer(map.getKeyType());
            ValueDeserializer<Object> contents = context.findRootValueDeserializer(map.getContentType());
            while (in.nextToken() == JsonToken.START_ARRAY) {
                in.nextToken();
                Object key = value(keys, in, context);
                in.nextToken();
                pairs.put(key, value(contents, in, context));
                require(in.nextToken(), JsonToken.END_ARRAY);
            }
            require(in.currentToken(), JsonToken.END_ARRAY);
            return pairs;
        }

        private static @Nullable Object value(
                ValueDeserializer<Object> reader, JsonParser in, DeserializationContext context) {
            return in.currentToken() == JsonToken.VALUE_NULL
                    ? reader.getNullValue(context)
                    : reader.deserialize(in, context);
        }

        private static void require(@Nullable JsonToken found, JsonToken expected) {
            if (found != expected) {
                throw new Refusal("a map is written as an object or as an array of pairs, but is not here");
            }
        }
    }
}
