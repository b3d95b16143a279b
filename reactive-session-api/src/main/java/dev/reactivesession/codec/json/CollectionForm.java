package dev.reactivesession.codec.json;

import java.util.Collection;
import java.util.HashSet;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;
import tools.jackson.core.type.WritableTypeId;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.std.StdSerializer;

/** A collection that is, or may be, a set without an order of its own: a JSON array, then in the order of its encoded elements. */
final class CollectionForm extends StdSerializer<Collection<?>> {

    private final JavaType content;

    CollectionForm(JavaType collection) {
        super(collection);
        this.content = collection.getContentType();
    }

    static boolean fits(Class<?> declared) {
        return declared.isAssignableFrom(HashSet.class) || UnorderedStretch.hasNoOrder(declared);
    }

    @Override
    public boolean isEmpty(SerializationContext context, Collection<?> elements) {
        return elements.isEmpty();
    }

    @Override
    public void serialize(Collection<?> elements, JsonGenerator out, SerializationContext context) {
        out.writeStartArray(elements, elements.size());
        write(elements, out, context);
        out.writeEndArray();
    }

    @Override
    public void serializeWithType(
            Collection<?> elements, JsonGenerator out, SerializationContext context, TypeSerializer typing) {
        WritableTypeId id = typing.writeTypePrefix(out, context, typing.typeId(elements, JsonToken.START_ARRAY));
        write(elements, out, context);
        typing.writeTypeSuffix(out, context, id);
    }

    private void write(Collection<?> elements, JsonGenerator out, SerializationContext context) {
        UnorderedStretch stretch = UnorderedStretch.begin(elements.getClass(), elements.size(), out);
        for (Object element : elements) {
            TypedSlot.write(content, element, out, context);
            UnorderedStretch.elementEnded(stretch, out);
        }
        UnorderedStretch.ended(stretch);
    }
}
