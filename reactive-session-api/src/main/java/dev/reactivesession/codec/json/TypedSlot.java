package dev.reactivesession.codec.json;

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
record TypedSlot(JavaType type, Object value) implements JacksonSerializable {

    static void write(JavaType type, @Nullable Object value, JsonGenerator out, SerializationContext context) {
        if (value == null) {
            out.writeNull();
        } else {
            new TypedSlot(type, value).serialize(out, context);
        }
    }

    @Override
    public void serialize(JsonGenerator out, SerializationContext context) {
        TypedSlotWriters.TypedSlotWriter writer = TypedSlotWriters.find(type, context);
        ValueSerializer<Object> form = writer.form(value.getClass(), context);
        if (writer.typing() == null) {
            form.serialize(value, out, context);
        } else {
            form.serializeWithType(value, out, context, writer.typing());
        }
    }

    @Override
    public void serializeWithType(JsonGenerator out, SerializationContext context, TypeSerializer typing) {
        serialize(out, context);
    }
}
