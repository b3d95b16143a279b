package dev.reactivesession.codec.json;

import dev.reactivesession.codec.EncodedValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.ObjectReader;

/** Reads values that name a class as it was called before. A name means nothing outside of its declaration. */
final class RenamedTypes {

    private static final int REMEMBERED = 1000;

    private final JsonCodecSettings settings;

    private final Map<Declaration, ObjectReader> readers = new ConcurrentHashMap<>();

    RenamedTypes(JsonCodecSettings settings) {
        this.settings = settings;
    }

    /**
     * A type, and how its class was called before.
     *
     * @param type the type
     * @param formerNames full names
     */
    private record Declaration(Type type, Set<String> formerNames) {}

    Object read(EncodedValue value, Type type, Set<String> formerNames) {
        return JsonSessionCodec.present(JsonSessionCodec.read(reader(new Declaration(type, formerNames)), value));
    }

    private ObjectReader reader(Declaration declaration) {
        ObjectReader known = readers.get(declaration);
        if (known != null) {
            return known;
        }
        Class<?> now = innermost(declaration.type());
        Map<String, Class<?>> renamed = new HashMap<>();
        declaration.formerNames().forEach(name -> renamed.put(name, now));
        ObjectReader reader =
                Mappers.exact(settings, new AllowedTypes(settings, renamed)).readerFor(Object.class);
        if (readers.size() < REMEMBERED) {
            readers.put(declaration, reader);
        }
        return reader;
    }

    /** The class itself, that of the elements of a collection, or that of the values of a map. */
    private static Class<?> innermost(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return innermost(arguments[arguments.length - 1]);
        }
        if (type instanceof Class<?> plain) {
            return plain;
        }
        throw new Refusal("a former name needs a declared class, not " + type);
    }
}
