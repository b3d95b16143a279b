package dev.reactivesession.codec.json;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.Deserializers;
import tools.jackson.databind.deser.std.StdConvertingDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.type.CollectionType;
import tools.jackson.databind.type.MapType;
import tools.jackson.databind.type.ReferenceType;
import tools.jackson.databind.type.TypeFactory;
import tools.jackson.databind.util.StdConverter;

/** Reads what {@link JdkTypesSerializers} writes, and refuses what the policy does not let through. */
final class JdkTypesDeserializers extends Deserializers.Base {

    private final DeclaredTypePolicy policy;

    JdkTypesDeserializers(DeclaredTypePolicy policy) {
        this.policy = policy;
    }

    @Override
    public boolean hasDeserializerFor(DeserializationConfig config, Class<?> type) {
        return TextEncoding.of(type) != null || OptionalForm.fits(type) || JdkTypes.wrapped(type) != null;
    }

    @Override
    public @Nullable ValueDeserializer<?> findBeanDeserializer(
            JavaType type, DeserializationConfig config, BeanDescription.Supplier bean) {
        Class<?> raw = type.getRawClass();
        TextEncoding<?> text = TextEncoding.of(raw);
        if (text != null) {
            return new TextForm.Reader<>(text);
        }
        if (OptionalForm.fits(raw)) {
            return new OptionalForm.Reader(type, OptionalForm.contentOf(type, config::constructType));
        }
        return policy.allows(raw, bean) ? null : new Refused(raw);
    }

    @Override
    public @Nullable ValueDeserializer<?> findEnumDeserializer(
            JavaType type, DeserializationConfig config, BeanDescription.Supplier bean) {
        return policy.allows(type.getRawClass(), bean) ? null : new Refused(type.getRawClass());
    }

    @Override
    public @Nullable ValueDeserializer<?> findReferenceDeserializer(
            ReferenceType type,
            DeserializationConfig config,
            BeanDescription.Supplier bean,
            @Nullable TypeDeserializer contentTyping,
            @Nullable ValueDeserializer<?> content) {
        return findBeanDeserializer(type, config, bean);
    }

    @Override
    public @Nullable ValueDeserializer<?> findCollectionDeserializer(
            CollectionType type,
            DeserializationConfig config,
            BeanDescription.Supplier bean,
            @Nullable TypeDeserializer elementTyping,
            @Nullable ValueDeserializer<?> element) {
        JdkTypes.Wrapped wrapped = JdkTypes.wrapped(type.getRawClass());
        return wrapped == null
                ? null
                : wrapping(
                        config.getTypeFactory()
                                .constructCollectionType(
                                        wrapped.readAs().asSubclass(java.util.Collection.class), type.getContentType()),
                        type,
                        wrapped.wrap());
    }

    @Override
    public @Nullable ValueDeserializer<?> findMapDeserializer(
            MapType type,
            DeserializationConfig config,
            BeanDescription.Supplier bean,
            @Nullable KeyDeserializer key,
            @Nullable TypeDeserializer contentTyping,
            @Nullable ValueDeserializer<?> content) {
        JdkTypes.Wrapped wrapped = JdkTypes.wrapped(type.getRawClass());
        return wrapped == null
                ? null
                : wrapping(
                        config.getTypeFactory()
                                .constructMapType(
                                        wrapped.readAs().asSubclass(java.util.Map.class),
                                        type.getKeyType(),
                                        type.getContentType()),
                        type,
                        wrapped.wrap());
    }

    private static ValueDeserializer<?> wrapping(JavaType readAs, JavaType type, Function<Object, Object> wrap) {
        return new StdConvertingDeserializer<>(new StdConverter<Object, Object>() {

            @Override
            public Object convert(Object mutable) {
                return wrap.apply(mutable);
            }

            @Override
            public JavaType getInputType(TypeFactory types) {
                return readAs;
            }

            @Override
            public JavaType getOutputType(TypeFactory types) {
                return type;
            }
        });
    }

    private static final class Refused extends StdDeserializer<Object> {

        private final Class<?> type;

        Refused(Class<?> type) {
            super(Object.class);
            this.type = type;
        }

        @Override
        public Object deserialize(JsonParser in, DeserializationContext context) {
            throw Refusal.unlisted(type);
        }

        @Override
        public Object deserializeWithType(JsonParser in, DeserializationContext context, TypeDeserializer typing) {
            return typing.deserializeTypedFromAny(in, context);
        }
    }
}
