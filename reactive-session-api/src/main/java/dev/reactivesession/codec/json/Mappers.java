package dev.reactivesession.codec.json;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.ConstructorDetector;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** Jackson as the codec uses it: strict about what a value is, by fields as the state of an object, bounded in every direction. */
final class Mappers {

    /** The two brackets around an attribute. */
    private static final int FRAME = 2;

    private Mappers() {}

    /** Gives back exactly what was put in, by naming types. */
    static JsonMapper exact(JsonCodecSettings settings, AllowedTypes allowed) {
        return mapper(settings, allowed, true);
    }

    /** Gives back what is declared. */
    static JsonMapper declared(JsonCodecSettings settings, AllowedTypes allowed) {
        return mapper(settings, allowed, false);
    }

    /** JSON as it is. */
    static JsonMapper natural(JsonCodecSettings settings) {
        return JsonMapper.builder(factory(settings)).build();
    }

    static JsonFactory factory(JsonCodecSettings settings) {
        return new BoundedJsonFactory(JsonFactory.builder()
                .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                .disable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxDocumentLength(settings.maxPayload())
                        .maxStringLength(settings.maxPayload())
                        .maxNameLength(settings.maxPayload())
                        .maxNestingDepth(settings.maxDepth() + FRAME)
                        .maxNumberLength(TextEncoding.LONGEST_NUMBER)
                        .build())
                .streamWriteConstraints(StreamWriteConstraints.builder()
                        .maxNestingDepth(settings.maxDepth())
                        .build()));
    }

    private static JsonMapper mapper(JsonCodecSettings settings, AllowedTypes allowed, boolean exact) {
        return JsonMapper.builder(factory(settings))
                .serializerFactory(new ProbedSerializers())
                .constructorDetector(ConstructorDetector.DEFAULT.withAllowImplicitWithDefaultConstructor(false))
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(MapperFeature.ALLOW_FINAL_FIELDS_AS_MUTATORS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .changeDefaultVisibility(visibility -> visibility
                        .withFieldVisibility(Visibility.ANY)
                        .withGetterVisibility(Visibility.NONE)
                        .withIsGetterVisibility(Visibility.NONE)
                        .withSetterVisibility(Visibility.NONE))
                .addModules(settings.modules())
                .addModule(new JdkTypesModule(
                        new DeclaredTypePolicy(allowed, exact),
                        new TypedSlotRule(allowed, exact),
                        new AllowedSubtypes(allowed)))
                .build();
    }
}
