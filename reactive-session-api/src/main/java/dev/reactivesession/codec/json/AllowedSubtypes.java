package dev.reactivesession.codec.json;

import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;

/** The allow-list for classes that bring a type annotation of their own. */
final class AllowedSubtypes extends PolymorphicTypeValidator {

    private static final long serialVersionUID = 1L;

    private final transient AllowedTypes allowed;

    AllowedSubtypes(AllowedTypes allowed) {
        this.allowed = allowed;
    }

    @Override
    public Validity validateBaseType(DatabindContext context, JavaType base) {
        return Validity.INDETERMINATE;
    }

    @Override
    public Validity validateSubClassName(DatabindContext context, JavaType base, String name) {
        return Validity.INDETERMINATE;
    }

    @Override
    public Validity validateSubType(DatabindContext context, JavaType base, JavaType type) {
        if (!allowed.allows(type.getRawClass()) && JdkTypes.nameOf(type.getRawClass()) == null) {
            throw Refusal.unlisted(type.getRawClass());
        }
        return Validity.ALLOWED;
    }
}
