package dev.reactivesession.codec.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.jsontype.impl.TypeIdResolverBase;

/** The names of types in stored data: short ones for the JDK, full ones for classes that are allow-listed, and no others. */
final class TypeNames extends TypeIdResolverBase {

    private static final long serialVersionUID = 1L;

    private static final String ENUM_SET = "EnumSet<";

    private static final String ENUM_MAP = "EnumMap<";

    private final transient AllowedTypes allowed;

    TypeNames(JavaType slot, AllowedTypes allowed) {
        super(slot);
        this.allowed = allowed;
    }

    @Override
    public JsonTypeInfo.Id getMechanism() {
        return JsonTypeInfo.Id.CUSTOM;
    }

    @Override
    public String idFromValue(DatabindContext context, Object value) {
        if (value instanceof SortedSet<?> set) {
            requireNaturalOrder(set.comparator());
        } else if (value instanceof SortedMap<?, ?> map) {
            requireNaturalOrder(map.comparator());
        } else if (value instanceof EnumSet<?> set) {
            return ENUM_SET + nameOf(elementOf(set)) + ">";
        } else if (value instanceof EnumMap<?, ?> map) {
            return ENUM_MAP + nameOf(keyOf(map)) + ">";
        }
        return nameOf(value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass());
    }

    @Override
    public String idFromValueAndType(DatabindContext context, @Nullable Object value, Class<?> suggested) {
        return value == null ? nameOf(suggested) : idFromValue(context, value);
    }

    @Override
    public JavaType typeFromId(DatabindContext context, String name) {
        if (name.startsWith(ENUM_SET) && name.endsWith(">")) {
            return fitting(context.getTypeFactory().constructCollectionType(EnumSet.class, enumNamed(name)));
        }
        if (name.startsWith(ENUM_MAP) && name.endsWith(">")) {
            return fitting(context.getTypeFactory()
                    .constructMapType(EnumMap.class, context.constructType(enumNamed(name)), valueType(context)));
        }
        Class<?> type = named(name);
        if (!_baseType.getRawClass().isAssignableFrom(type)) {
            throw new Refusal("the data names a type that is no "
                    + _baseType.getRawClass().getName());
        }
        return context.constructSpecializedType(_baseType, type);
    }

    private JavaType valueType(DatabindContext context) {
        return _baseType.isMapLikeType() ? _baseType.getContentType() : context.constructType(Object.class);
    }

    private JavaType fitting(JavaType type) {
        if (!_baseType.isTypeOrSuperTypeOf(type.getRawClass())) {
            throw new Refusal("the data names a type that is no "
                    + _baseType.getRawClass().getName());
        }
        return type;
    }

    private String nameOf(Class<?> type) {
        if (type.isArray()) {
            return componentNameOf(type.getComponentType()) + "[]";
        }
        String known = JdkTypes.nameOf(type);
        if (known != null) {
            return known;
        }
        if (!allowed.allows(type)) {
            throw Refusal.unlisted(type);
        }
        return type.getName();
    }

    private String componentNameOf(Class<?> type) {
        return type == Object.class ? "Object" : type.isPrimitive() ? type.getName() : nameOf(type);
    }

    private Class<?> named(String name) {
        if (name.endsWith("[]")) {
            return componentNamed(name.substring(0, name.length() - 2)).arrayType();
        }
        Class<?> known = JdkTypes.named(name);
        return known != null ? known : allowed.named(name);
    }

    private Class<?> componentNamed(String name) {
        Class<?> component = JdkTypes.component(name);
        return component != null ? component : named(name);
    }

    private Class<?> enumNamed(String name) {
        Class<?> type = named(name.substring(ENUM_SET.length(), name.length() - 1));
        if (!type.isEnum()) {
            throw new Refusal("the data names a type that is no enum");
        }
        return type;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Class<?> elementOf(EnumSet<?> set) {
        EnumSet<?> any = set.isEmpty() ? EnumSet.complementOf((EnumSet) set) : set;
        if (any.isEmpty()) {
            throw new Refusal("an EnumSet of an enum without constants does not tell which enum it is");
        }
        return any.iterator().next().getDeclaringClass();
    }

    private Class<?> keyOf(EnumMap<?, ?> map) {
        if (!map.isEmpty()) {
            return map.keySet().iterator().next().getDeclaringClass();
        }
        if (_baseType.isMapLikeType() && _baseType.getKeyType().getRawClass().isEnum()) {
            return _baseType.getKeyType().getRawClass();
        }
        throw new Refusal("an empty EnumMap does not tell which enum it is for: declare the attribute with its type");
    }

    private static void requireNaturalOrder(@Nullable Comparator<?> order) {
        if (order != null && order != Comparator.naturalOrder()) {
            throw new Refusal("a sorted set or map with a comparator cannot be given back: only the natural order can");
        }
    }
}
