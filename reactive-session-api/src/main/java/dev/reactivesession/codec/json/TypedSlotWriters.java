package dev.reactivesession.codec.json;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;

/** How the slots of each type are written, found once: Jackson looks at the annotations of a class each time it is asked. */
final class TypedSlotWriters {

    private static final int REMEMBERED = 1000;

    private final Map<JavaType, TypedSlotWriter> writers = new ConcurrentHashMap<>();

    static TypedSlotWriter find(JavaType slot, SerializationContext context) {
        return ((TypedSlotWriters) context.getAttribute(TypedSlotWriters.class)).get(slot, context);
    }

    private TypedSlotWriter get(JavaType slot, SerializationContext context) {
        TypedSlotWriter known = writers.get(slot);
        return known != null ? known : remember(writers, slot, new TypedSlotWriter(slot, context.findTypeSerializer(slot)));
    }

    private static <K, V> V remember(Map<K, V> known, K key, V value) {
        if (known.size() < REMEMBERED) {
            known.put(key, value);
        }
        return value;
    }

    /** How the slots of one type are written. */
    static final class TypedSlotWriter {

        private final JavaType slot;

        private final @Nullable TypeSerializer typing;

        private final Map<Class<?>, ValueSerializer<Object>> forms = new ConcurrentHashMap<>();

        private final Map<Class<?>, ValueSerializer<Object>> names = new ConcurrentHashMap<>();

        TypedSlotWriter(JavaType slot, @Nullable TypeSerializer typing) {
            this.slot = slot;
            this.typing = typing;
        }

        @Nullable
        TypeSerializer typing() {
            return typing;
        }

        ValueSerializer<Object> form(Class<?> actual, SerializationContext context) {
            ValueSerializer<Object> known = forms.get(actual);
            return known != null ? known : remember(forms, actual, search(actual, context));
        }

        /** As the name of an entry of a map. */
        ValueSerializer<Object> name(Class<?> actual, SerializationContext context) {
            ValueSerializer<Object> known = names.get(actual);
            return known != null ? known : remember(names, actual, context.findKeySerializer(actual, null));
        }

        private ValueSerializer<Object> search(Class<?> actual, SerializationContext context) {
            if (slot.isJavaLangObject()) {
                return context.findContentValueSerializer(actual, null);
            }
            boolean asDeclared = slot.isPrimitive() || slot.getRawClass() == actual;
            return context.findContentValueSerializer(
                    asDeclared ? slot : context.constructSpecializedType(slot, actual), null);
        }
    }
}
