package dev.reactivesession.codec.json;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.jdk.MapDeserializer;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;
import tools.jackson.databind.module.SimpleAbstractTypeResolver;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.module.SimpleSerializers;
import tools.jackson.databind.type.MapType;

/** Comes after all modules of an application: none of them changes the stored form of the JDK types, nor which types are allowed. */
final class JdkTypesModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    private final transient DeclaredTypePolicy policy;

    private final transient TypedSlotRule typing;

    private final transient PolymorphicTypeValidator validator;

    JdkTypesModule(DeclaredTypePolicy policy, TypedSlotRule typing, PolymorphicTypeValidator validator) {
        super("reactive-session-jdk-types");
        this.policy = policy;
        this.typing = typing;
        this.validator = validator;
    }

    @Override
    public void setupModule(SetupContext context) {
        context.addSerializers(new JdkTypesSerializers(policy));
        context.addDeserializers(new JdkTypesDeserializers(policy));
        context.addSerializerModifier(new ProbedSerializers.Nulls());
        context.addDeserializerModifier(new MapPairs());
        context.addAbstractTypeResolver(inOrder());
        addKeys(context);
        MapperBuilder<?, ?> mapper = (MapperBuilder<?, ?>) context.getOwner();
        mapper.setDefaultTyping(typing).polymorphicTypeValidator(validator);
    }

    private static SimpleAbstractTypeResolver inOrder() {
        return new SimpleAbstractTypeResolver()
                .addMapping(Set.class, LinkedHashSet.class)
                .addMapping(Map.class, LinkedHashMap.class);
    }

    private static void addKeys(SetupContext context) {
        SimpleSerializers writers = new SimpleSerializers();
        TextEncoding.ALL.forEach(text -> writers.addSerializer(new TextForm.KeyWriter<>(text)));
        context.addKeySerializers(writers);
        context.addKeyDeserializers(MapForm::keyReader);
    }

    private static final class MapPairs extends ValueDeserializerModifier {

        private static final long serialVersionUID = 1L;

        @Override
        public ValueDeserializer<?> modifyMapDeserializer(
                DeserializationConfig config,
                MapType type,
                BeanDescription.Supplier bean,
                ValueDeserializer<?> objects) {
            return objects instanceof MapDeserializer ? new MapForm.Reader(type, objects) : objects;
        }
    }
}
