package dev.reactivesession.security;

import java.util.Set;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;

/**
 * The types that the modules of Spring Security allow, without their subclasses: a user class of the application is
 * allowed by the application, or else it would be stored as the class that it extends.
 */
final class ShippedTypes extends PolymorphicTypeValidator {

    private static final long serialVersionUID = 1L;

    private static final String SHIPPED = "org.springframework.security.";

    private static final String OURS = StoredCertificate.class.getName();

    /** Derived from a type that is kept, but with something that is not. */
    private static final Set<String> NOT_KEPT =
            Set.of("org.springframework.security.authentication.jaas.JaasAuthenticationToken");

    private final PolymorphicTypeValidator modules;

    ShippedTypes(PolymorphicTypeValidator modules) {
        this.modules = modules;
    }

    @Override
    public Validity validateBaseType(DatabindContext context, JavaType base) {
        return modules.validateBaseType(context, base);
    }

    @Override
    public Validity validateSubClassName(DatabindContext context, JavaType base, String name) {
        return isShipped(name) ? modules.validateSubClassName(context, base, name) : Validity.INDETERMINATE;
    }

    @Override
    public Validity validateSubType(DatabindContext context, JavaType base, JavaType type) {
        return isShipped(type.getRawClass().getName())
                ? modules.validateSubType(context, base, type)
                : Validity.INDETERMINATE;
    }

    private static boolean isShipped(String name) {
        return name.startsWith("java.") || (name.startsWith(SHIPPED) && !NOT_KEPT.contains(name)) || name.equals(OURS);
    }
}
