package dev.reactivesession.codec;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;

/**
 * A value together with the declared type of the place it is in.
 *
 * @param type the declared type
 * @param value what is there
 */
record Slot(JavaType type, Object value) implements JacksonSerializable {

    static void write(JavaType type, @Nullable Object value, JsonGenerator out, SerializationContext context) {
        if (value == null) {
            out.writeNull();
        } else {
            new Slot(type, value).serialize(out, context);
        }
    }

    @Override
    public void serialize(JsonGenerator out, SerializationContext context) {
        TypeSerializer typing = context.findTypeSerializer(type);
        ValueSerializer<Object> form = form(context);
        if (typing == null) {
            form.serialize(value, out, context);
        } else {
            form.serializeWithType(value, out, context, typing);
        }
    }

    @Override
    public void serializeWithType(JsonGenerator out, SerializationContext context, TypeSerializer typing) {
        serialize(out, context);
    }

    private ValueSerializer<Object> form(SerializationContext context) {
        return type.isJavaLangObject()
                ? context.findContentValueSerializer(value.getClass(), null)
                : context.findContentValueSerializer(actual(context), null);
    }

    private JavaType actual(SerializationContext context) {
        return type.isPrimitive() || type.getRawClass() == value.getClass()
                ? type
                : context.constructSpecializedType(type, value.getClass());
    }
}
