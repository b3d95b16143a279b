package dev.reactivesession.codec.json;

import dev.reactivesession.codec.EncodedValue;
import java.lang.invoke.MethodType;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;

/** A type that code declares for an attribute. */
record DeclaredType(ObjectReader reader, RoundTripProbe proof) {

    DeclaredType(ObjectReader reader) {
        this(reader, new RoundTripProbe());
    }

    JavaType type() {
        return reader.getValueType();
    }

    void requireToBe(Object value) {
        Class<?> type = type().getRawClass();
        if (!MethodType.methodType(type).wrap().returnType().isInstance(value)) {
            throw new Refusal("it is " + value.getClass().getName() + ", but its declared type is " + type.getName());
        }
    }

    Object read(EncodedValue value) {
        return JsonSessionCodec.present(JsonSessionCodec.read(reader, value));
    }
}
