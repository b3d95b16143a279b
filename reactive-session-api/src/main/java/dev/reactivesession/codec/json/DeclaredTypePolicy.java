package dev.reactivesession.codec.json;

import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;

/**
 * Which classes are let through where no name in the data asks for them, because a declared type leads there. Of the JDK, only
 * the values are.
 */
final class DeclaredTypePolicy {

    private final AllowedTypes allowed;

    private final boolean strict;

    private final Set<Class<?>> ofModules = ConcurrentHashMap.newKeySet();

    /**
     * Creates a policy.
     *
     * @param allowed the allow-list
     * @param strict whether it is asked here too; if not, the code that declares a type is trusted
     */
    DeclaredTypePolicy(AllowedTypes allowed, boolean strict) {
        this.allowed = allowed;
        this.strict = strict;
    }

    boolean allows(Class<?> type, BeanDescription.Supplier description) {
        if (isHarmless(type) || allowed.lists(type)) {
            return true;
        }
        if (allowed.allows(type) || (strict && ofModules.contains(type))) {
            description.get().findProperties().forEach(property -> letThrough(property.getPrimaryType()));
            return true;
        }
        return !strict && !JdkTypes.belongs(type);
    }

    /** A list that comes with modules holds what data may name, and not what the fields of those types are made of. */
    private void letThrough(JavaType field) {
        if (!JdkTypes.belongs(field.getRawClass())) {
            ofModules.add(field.getRawClass());
        }
        if (field.isContainerType()) {
            letThrough(field.getContentType());
        }
    }

    private static boolean isHarmless(Class<?> type) {
        return type == Object.class
                || JdkTypes.isValue(type)
                || TextEncoding.of(type) != null
                || type == TypedSlot.class
                || (Modifier.isAbstract(type.getModifiers()) && !type.isEnum());
    }
}
