package dev.reactivesession.codec.json;

import dev.reactivesession.SessionException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator.Validity;
import tools.jackson.databind.type.TypeFactory;

/** Which classes of an application may be stored. Names are judged before a class is loaded. */
final class AllowedTypes {

    private static final DatabindContext CONTEXT = JsonMapper.shared()._serializationContext();

    private static final JavaType ANYTHING = TypeFactory.unknownType();

    private final Set<String> packages;

    private final Set<String> types;

    private final @Nullable PolymorphicTypeValidator validator;

    /** That of the thread which starts the application: later ones may be left over from a run before a restart. */
    private final ClassLoader loader;

    private final Map<String, Class<?>> renamed;

    private final ClassValue<Boolean> verdicts = new ClassValue<>() {

        @Override
        protected Boolean computeValue(Class<?> type) {
            return judge(type);
        }
    };

    AllowedTypes(JsonCodecSettings settings) {
        this(settings, Map.of());
    }

    /** Code or a setting names the classes that were renamed, so they need no permission. */
    AllowedTypes(JsonCodecSettings settings, Map<String, Class<?>> renamed) {
        this.packages = settings.allowedPackages();
        this.types = settings.allowedTypes();
        this.validator = settings.validator();
        this.loader = loader();
        this.renamed = new HashMap<>(renamed);
        settings.renamedTypes().forEach((before, now) -> this.renamed.computeIfAbsent(before, name -> renamed(now)));
    }

    private Class<?> renamed(String now) {
        try {
            return Class.forName(now, false, loader);
        } catch (ClassNotFoundException | LinkageError absent) {
            throw new SessionException.Misconfigured(
                    "reactive-session.json.renamed-types leads to '" + now + "', but there is no such class on the"
                            + " class path",
                    null);
        }
    }

    Class<?> named(String name) {
        Class<?> now = renamed.get(name);
        return now == null ? listedUnder(name) : now;
    }

    private Class<?> listedUnder(String name) {
        if (!listed(name) && validator == null) {
            throw Refusal.unlisted(name);
        }
        Class<?> type = load(name);
        if (!allows(type)) {
            throw Refusal.unlisted(type);
        }
        return type;
    }

    boolean allows(Class<?> type) {
        return verdicts.get(type);
    }

    /** Whether the application itself lists it. */
    boolean lists(Class<?> type) {
        return allows(type) && listed(type.getName());
    }

    private boolean judge(Class<?> type) {
        return !type.isHidden()
                && !type.isAnonymousClass()
                && !type.isSynthetic()
                && (renamed.containsValue(type) || listed(type.getName()) || validated(type));
    }

    private boolean listed(String name) {
        return types.contains(name) || inListedPackage(name);
    }

    private boolean inListedPackage(String name) {
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            if (packages.contains(name.substring(0, dot))) {
                return true;
            }
        }
        return false;
    }

    private boolean validated(Class<?> type) {
        return validator != null
                && !type.isPrimitive()
                && (validator.validateSubClassName(CONTEXT, ANYTHING, type.getName()) == Validity.ALLOWED
                        || validator.validateSubType(CONTEXT, ANYTHING, CONTEXT.constructType(type))
                                == Validity.ALLOWED);
    }

    private Class<?> load(String name) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError absent) {
            throw Refusal.absent(name);
        }
    }

    private static ClassLoader loader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context != null ? context : AllowedTypes.class.getClassLoader();
    }
}
