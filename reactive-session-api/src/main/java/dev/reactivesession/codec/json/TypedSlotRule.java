package dev.reactivesession.codec.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.reflect.Modifier;
import java.time.ZoneId;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.TreeNode;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.jsontype.impl.StdTypeResolverBuilder;

/**
 * Decides where stored data names types: in every slot (a property, an element, a key) whose declared type leaves open what is in
 * it. A name is left out where the value is of exactly the declared class.
 */
final class TypedSlotRule extends StdTypeResolverBuilder {

    private final AllowedTypes allowed;

    private final boolean exact;

    /**
     * Creates the rule.
     *
     * @param allowed which types may be named
     * @param exact whether containers are named too, so that each comes back as what it was and not as what is declared
     */
    TypedSlotRule(AllowedTypes allowed, boolean exact) {
        super(JsonTypeInfo.Id.CUSTOM, JsonTypeInfo.As.PROPERTY, TypedSlotSerializer.PROPERTY);
        this.allowed = allowed;
        this.exact = exact;
    }

    @Override
    public StdTypeResolverBuilder withDefaultImpl(@Nullable Class<?> defaultImpl) {
        return this;
    }

    @Override
    public @Nullable TypeSerializer buildTypeSerializer(
            SerializationContext context, JavaType slot, Collection<NamedType> subtypes) {
        return isOpen(slot) ? new TypedSlotSerializer(slot, new TypeNames(slot, allowed), null) : null;
    }

    @Override
    public @Nullable TypeDeserializer buildTypeDeserializer(
            DeserializationContext context, JavaType slot, Collection<NamedType> subtypes) {
        return isOpen(slot) ? new TypedSlotDeserializer(slot, new TypeNames(slot, allowed)) : null;
    }

    private boolean isOpen(JavaType slot) {
        Class<?> type = slot.getRawClass();
        if (slot.isArrayType()) {
            return exact && !isSealedShut(innermost(type));
        }
        if (!exact && (JdkTypes.saysItAll(type) || isOfOneEnum(slot))) {
            return false;
        }
        return !isSealedShut(type);
    }

    private static boolean isOfOneEnum(JavaType slot) {
        return (slot.hasRawClass(EnumMap.class)
                        && slot.getKeyType().getRawClass().isEnum())
                || (slot.hasRawClass(EnumSet.class)
                        && slot.getContentType().getRawClass().isEnum());
    }

    private static boolean isSealedShut(Class<?> type) {
        return type.isPrimitive()
                || Modifier.isFinal(type.getModifiers())
                || type.isEnum()
                || type == ZoneId.class
                || TreeNode.class.isAssignableFrom(type);
    }

    private static Class<?> innermost(Class<?> array) {
        Class<?> component = array;
        while (component.isArray()) {
            component = component.getComponentType();
        }
        return component;
    }
}
