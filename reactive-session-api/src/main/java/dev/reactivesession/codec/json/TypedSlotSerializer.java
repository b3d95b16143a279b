package dev.reactivesession.codec.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;
import tools.jackson.core.type.WritableTypeId;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeIdResolver;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.jsontype.impl.TypeSerializerBase;

/**
 * Names the type of what is in an open slot: a bean as {@code {"@class":name,...}}, anything else as {@code [name,value]}. A map
 * is no bean here, since its keys may be anything.
 */
final class TypedSlotSerializer extends TypeSerializerBase {

    static final String PROPERTY = "@class";

    private final JavaType slot;

    TypedSlotSerializer(JavaType slot, TypeIdResolver names, @Nullable BeanProperty property) {
        super(names, property);
        this.slot = slot;
    }

    @Override
    public TypeSerializer forProperty(SerializationContext context, @Nullable BeanProperty property) {
        return property == _property ? this : new TypedSlotSerializer(slot, _idResolver, property);
    }

    @Override
    public JsonTypeInfo.As getTypeInclusion() {
        return JsonTypeInfo.As.PROPERTY;
    }

    @Override
    public String getPropertyName() {
        return PROPERTY;
    }

    @Override
    public WritableTypeId writeTypePrefix(JsonGenerator out, SerializationContext context, WritableTypeId id) {
        if (isAsDeclared(id)) {
            return out.writeTypePrefix(id);
        }
        if (id.forValue instanceof Map) {
            id.include = WritableTypeId.Inclusion.WRAPPER_ARRAY;
        }
        return super.writeTypePrefix(out, context, id);
    }

    /** An array would be taken for a name and a value. */
    private boolean isAsDeclared(WritableTypeId id) {
        return id.valueShape != JsonToken.START_ARRAY
                && !slot.isContainerType()
                && !slot.isJavaLangObject()
                && id.forValue != null
                && id.forValue.getClass() == slot.getRawClass();
    }
}
