package dev.reactivesession.codec.json;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.Serializers;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.type.MapType;
import tools.jackson.databind.type.ReferenceType;

/** Writes the types whose form is fixed here, and refuses what the gate does not let through. */
final class FormWriters implements Serializers {

    private final Gate gate;

    private final Predicate<JavaType> canBeGivenBack;

    FormWriters(Gate gate, Predicate<JavaType> canBeGivenBack) {
        this.gate = gate;
        this.canBeGivenBack = canBeGivenBack;
    }

    @Override
    public @Nullable ValueSerializer<?> findSerializer(
            SerializationConfig config, JavaType type, BeanDescription.Supplier bean, JsonFormat.Value format) {
        Class<?> raw = type.getRawClass();
        Text<?> text = Text.of(raw);
        if (text != null) {
            return new TextForm.Writer<>(text);
        }
        if (OptionalForm.fits(raw)) {
            return new OptionalForm.Writer(type, OptionalForm.contentOf(type, config::constructType));
        }
        return gate.lets(raw, bean) ? giveBack(type) : Refused.unlisted(raw);
    }

    private @Nullable ValueSerializer<?> giveBack(JavaType type) {
        return type.isAbstract()
                        || gate.isLeftToModules(type.getRawClass())
                        || JdkTypes.isValue(type.getRawClass())
                        || canBeGivenBack.test(type)
                ? null
                : new Refused("the type " + type.getRawClass().getName()
                        + " has no way back: no constructor without parameters, none whose parameters are known by name,"
                        + " or a field of a type that cannot be read");
    }

    @Override
    public @Nullable ValueSerializer<?> findEnumSerializer(
            SerializationConfig config, JavaType type, BeanDescription.Supplier bean, JsonFormat.Value format) {
        Class<?> constants = type.getRawClass();
        Class<?> declaring = constants.isEnum() ? constants : constants.getSuperclass();
        return constants == Enum.class || gate.lets(declaring, bean) ? null : Refused.unlisted(declaring);
    }

    @Override
    public @Nullable ValueSerializer<?> findReferenceSerializer(
            SerializationConfig config,
            ReferenceType type,
            BeanDescription.Supplier bean,
            JsonFormat.Value format,
            @Nullable TypeSerializer contentTyping,
            @Nullable ValueSerializer<Object> content) {
        return findSerializer(config, type, bean, format);
    }

    @Override
    public ValueSerializer<?> findMapSerializer(
            SerializationConfig config,
            MapType type,
            BeanDescription.Supplier bean,
            JsonFormat.Value format,
            @Nullable ValueSerializer<Object> key,
            @Nullable TypeSerializer contentTyping,
            @Nullable ValueSerializer<Object> content) {
        return new MapForm.Writer(type);
    }

    private static final class Refused extends StdSerializer<Object> {

        private final String reason;

        Refused(String reason) {
            super(Object.class);
            this.reason = reason;
        }

        static Refused unlisted(Class<?> type) {
            return new Refused(String.valueOf(Refusal.unlisted(type.getName()).getMessage()));
        }

        @Override
        public void serialize(Object value, JsonGenerator out, SerializationContext context) {
            throw new Refusal(reason);
        }

        @Override
        public void serializeWithType(
                Object value, JsonGenerator out, SerializationContext context, TypeSerializer typing) {
            throw new Refusal(reason);
        }
    }
}
