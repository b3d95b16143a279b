package dev.reactivesession.codec.json;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.SerializerFactoryConfig;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.BeanSerializerFactory;
import tools.jackson.databind.ser.SerializerFactory;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.std.StdSerializer;

/** Makes the serializers that tell what is written for the first time. The forms of the JDK types are known to come back. */
final class ProbedSerializers extends BeanSerializerFactory {

    private static final long serialVersionUID = 1L;

    ProbedSerializers() {
        this(new SerializerFactoryConfig());
    }

    private ProbedSerializers(SerializerFactoryConfig config) {
        super(config);
    }

    @Override
    public SerializerFactory withConfig(SerializerFactoryConfig config) {
        return new ProbedSerializers(config);
    }

    @Override
    public ValueSerializer<Object> createSerializer(
            SerializationContext context, JavaType type, BeanDescription.Supplier bean, JsonFormat.Value format) {
        ValueSerializer<Object> serializer = super.createSerializer(context, type, bean, format);
        return JdkTypes.belongs(type.getRawClass()) || type.hasRawClass(TypedSlot.class)
                ? serializer
                : new ProbedSerializer(serializer);
    }

    /** A null is a case of its own: a constructor may take every value but that. */
    static final class Nulls extends ValueSerializerModifier {

        private static final long serialVersionUID = 1L;

        @Override
        public List<BeanPropertyWriter> changeProperties(
                SerializationConfig config, BeanDescription.Supplier bean, List<BeanPropertyWriter> properties) {
            for (BeanPropertyWriter property : properties) {
                if (!property.hasNullSerializer() && !property.willSuppressNulls()) {
                    property.assignNullSerializer(new NullSerializer());
                }
            }
            return properties;
        }
    }

    private static final class NullSerializer extends StdSerializer<Object> {

        private final RoundTripProbe probe = new RoundTripProbe();

        NullSerializer() {
            super(Object.class);
        }

        @Override
        public void serialize(Object none, JsonGenerator out, SerializationContext context) {
            probe.written(out);
            out.writeNull();
        }
    }
}
