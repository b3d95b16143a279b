package dev.reactivesession.codec.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.jsontype.TypeIdResolver;
import tools.jackson.databind.jsontype.impl.AsArrayTypeDeserializer;

/** Reads what {@link TypedSlotSerializer} writes. The name comes first in a bean, so nothing has to be buffered to find it. */
final class TypedSlotDeserializer extends AsArrayTypeDeserializer {

    TypedSlotDeserializer(JavaType slot, TypeIdResolver names) {
        super(slot, names, TypedSlotSerializer.PROPERTY, false, null);
    }

    private TypedSlotDeserializer(TypedSlotDeserializer source, @Nullable BeanProperty property) {
        super(source, property);
    }

    @Override
    public TypeDeserializer forProperty(@Nullable BeanProperty property) {
        return property == _property ? this : new TypedSlotDeserializer(this, property);
    }

    @Override
    protected Object _deserialize(JsonParser in, DeserializationContext context) {
        return switch (in.currentToken()) {
            case START_ARRAY -> wrapped(in, context);
            case START_OBJECT -> {
                in.nextToken();
                yield bean(in, context);
            }
            case PROPERTY_NAME -> bean(in, context);
            default -> asDeclared(context).deserialize(in, context);
        };
    }

    private Object wrapped(JsonParser in, DeserializationContext context) {
        if (in.nextToken() != JsonToken.VALUE_STRING) {
            throw new Refusal("a type is to be named here, but is not");
        }
        ValueDeserializer<Object> value = _findDeserializer(context, in.getString());
        Object result =
                in.nextToken() == JsonToken.VALUE_NULL ? value.getNullValue(context) : value.deserialize(in, context);
        if (in.nextToken() != JsonToken.END_ARRAY) {
            throw new Refusal("more than a type and a value where one value belongs");
        }
        return result;
    }

    private Object bean(JsonParser in, DeserializationContext context) {
        if (in.currentToken() != JsonToken.PROPERTY_NAME || !TypedSlotSerializer.PROPERTY.equals(in.currentName())) {
            return asDeclared(context).deserialize(in, context);
        }
        if (in.nextToken() != JsonToken.VALUE_STRING) {
            throw new Refusal("a type is to be named here, but is not");
        }
        ValueDeserializer<Object> value = _findDeserializer(context, in.getString());
        in.nextToken();
        return value.deserialize(in, context);
    }

    private ValueDeserializer<Object> asDeclared(DeserializationContext context) {
        if (_baseType.isAbstract() || _baseType.isJavaLangObject()) {
            throw new Refusal("a type is to be named here, but is not");
        }
        return context.findContextualValueDeserializer(_baseType, _property);
    }
}
