package dev.reactivesession.codec.json;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
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
import tools.jackson.databind.type.CollectionType;
import tools.jackson.databind.type.MapType;
import tools.jackson.databind.type.ReferenceType;

/** Writes the types whose form is fixed here, and refuses what the policy does not let through. */
final class JdkTypesSerializers implements Serializers {

    private final DeclaredTypePolicy policy;

    JdkTypesSerializers(DeclaredTypePolicy policy) {
        this.policy = policy;
    }

    @Override
    public @Nullable ValueSerializer<?> findSerializer(
            SerializationConfig config, JavaType type, BeanDescription.Supplier bean, JsonFormat.Value format) {
        Class<?> raw = type.getRawClass();
        TextEncoding<?> text = TextEncoding.of(raw);
        if (text != null) {
            return new TextForm.Writer<>(text);
        }
        if (OptionalForm.fits(raw)) {
            return new OptionalForm.Writer(type, OptionalForm.contentOf(type, config::constructType));
        }
        return policy.allows(raw, bean) ? null : Refused.unlisted(raw);
    }

    @Override
    public @Nullable ValueSerializer<?> findEnumSerializer(
            SerializationConfig config, JavaType type, BeanDescription.Supplier bean, JsonFormat.Value format) {
        Class<?> constants = type.getRawClass();
        Class<?> declaring = constants.isEnum() ? constants : constants.getSuperclass();
        return constants == Enum.class || policy.allows(declaring, bean) ? null : Refused.unlisted(declaring);
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
    public @Nullable ValueSerializer<?> findCollectionSerializer(
            SerializationConfig config,
            CollectionType type,
            BeanDescription.Supplier bean,
            JsonFormat.Value format,
            @Nullable TypeSerializer elementTyping,
            @Nullable ValueSerializer<Object> element) {
        Refused refused = Refused.withFields(type.getRawClass());
        if (refused != null) {
            return refused;
        }
        return CollectionForm.fits(type.getRawClass()) ? new CollectionForm(type) : null;
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
        Refused refused = Refused.withFields(type.getRawClass());
        return refused != null ? refused : new MapForm.Writer(type);
    }

    private static final class Refused extends StdSerializer<Object> {

        private final String reason;

        Refused(String reason) {
            super(Object.class);
            this.reason = reason;
        }

        static Refused unlisted(Class<?> type) {
            return new Refused(String.valueOf(Refusal.unlisted(type).getMessage()));
        }

        /** A collection of an application is its elements, and its own fields would be lost; null where it has none. */
        static @Nullable Refused withFields(Class<?> container) {
            for (Class<?> type = container; !JdkTypes.belongs(type); type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
                        return new Refused("the type " + type.getName() + " has the field '" + field.getName()
                                + "' beside its elements, which would be lost: make it a class that holds a collection");
                    }
                }
            }
            return null;
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
