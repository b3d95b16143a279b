package dev.reactivesession.codec.json;

import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.PropertyWriter;
import tools.jackson.databind.util.NameTransformer;

/** Tells that a class was written, each place where it may be for itself. */
final class ProbedSerializer extends ValueSerializer<Object> {

    private final RoundTripProbe probe = new RoundTripProbe();

    private final ValueSerializer<Object> serializer;

    @SuppressWarnings("unchecked") // a serializer is asked for the class that it was found for
    ProbedSerializer(ValueSerializer<?> serializer) {
        this.serializer = (ValueSerializer<Object>) serializer;
    }

    @Override
    public void serialize(Object value, JsonGenerator out, SerializationContext context) {
        probe.written(out);
        serializer.serialize(value, out, context);
    }

    @Override
    public void serializeWithType(
            Object value, JsonGenerator out, SerializationContext context, TypeSerializer typing) {
        probe.written(out);
        serializer.serializeWithType(value, out, context, typing);
    }

    @Override
    public void resolve(SerializationContext context) {
        serializer.resolve(context);
    }

    @Override
    public ValueSerializer<?> createContextual(SerializationContext context, @Nullable BeanProperty property) {
        return new ProbedSerializer(serializer.createContextual(context, property));
    }

    @Override
    public ValueSerializer<Object> unwrappingSerializer(NameTransformer names) {
        return serializer.unwrappingSerializer(names);
    }

    @Override
    public boolean isUnwrappingSerializer() {
        return serializer.isUnwrappingSerializer();
    }

    @Override
    public ValueSerializer<?> withFilterId(Object filter) {
        return new ProbedSerializer(serializer.withFilterId(filter));
    }

    @Override
    public ValueSerializer<?> withIgnoredProperties(Set<String> names) {
        return new ProbedSerializer(serializer.withIgnoredProperties(names));
    }

    @Override
    public Class<?> handledType() {
        return serializer.handledType();
    }

    @Override
    public boolean usesObjectId() {
        return serializer.usesObjectId();
    }

    @Override
    public @Nullable ValueSerializer<?> getDelegatee() {
        return serializer;
    }

    @Override
    public Iterator<PropertyWriter> properties() {
        return serializer.properties();
    }

    @Override
    public boolean isEmpty(SerializationContext context, Object value) {
        return serializer.isEmpty(context, value);
    }
}
