package dev.reactivesession.codec.json;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The value types of the JDK and the names they have in stored data. A name stands for ever: it may get new classes,
 * but never another meaning.
 */
final class JdkTypes {

    /** A class that no code can name or construct: read as another one, and wrapped. */
    record Wrapped(String name, Class<?> type, Class<?> readAs, Function<Object, Object> wrap) {}

    private static final List<Wrapped> WRAPPED = List.of(
            wrapped("List", new ArrayList<>(), value -> Collections.unmodifiableList((List<?>) value)),
            wrapped("Set", new LinkedHashSet<>(), value -> Collections.unmodifiableSet((Set<?>) value)),
            wrapped("Map", new LinkedHashMap<>(), value -> Collections.unmodifiableMap((Map<?, ?>) value)),
            wrapped(
                    "SortedSet",
                    new TreeSet<>(),
                    value -> Collections.unmodifiableNavigableSet((NavigableSet<?>) value)),
            wrapped(
                    "SortedMap",
                    new TreeMap<>(),
                    value -> Collections.unmodifiableNavigableMap((NavigableMap<?, ?>) value)),
            wrapped("FixedList", new ArrayList<>(), value -> Arrays.asList(((List<?>) value).toArray())),
            wrapped("SynchronizedList", new ArrayList<>(), value -> Collections.synchronizedList((List<?>) value)),
            wrapped("SynchronizedSet", new LinkedHashSet<>(), value -> Collections.synchronizedSet((Set<?>) value)),
            wrapped("SynchronizedMap", new LinkedHashMap<>(), value -> Collections.synchronizedMap((Map<?, ?>) value)));

    private static final List<Class<?>> PLAIN_CONTAINERS = List.of(
            ArrayList.class,
            LinkedList.class,
            Vector.class,
            CopyOnWriteArrayList.class,
            HashSet.class,
            LinkedHashSet.class,
            CopyOnWriteArraySet.class,
            ArrayDeque.class,
            HashMap.class,
            LinkedHashMap.class,
            ConcurrentHashMap.class);

    private static final List<Class<?>> SORTED_CONTAINERS =
            List.of(TreeSet.class, TreeMap.class, ConcurrentSkipListSet.class, ConcurrentSkipListMap.class);

    private static final List<Class<?>> OPTIONALS =
            List.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    private static final List<Class<?>> NATURAL = List.of(
            String.class,
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            AtomicBoolean.class,
            AtomicInteger.class,
            AtomicLong.class);

    private static final List<Class<?>> ENUMS = List.of(DayOfWeek.class, Month.class, ChronoUnit.class, TimeUnit.class);

    private static final List<Class<?>> PRIMITIVES = List.of(
            boolean.class, byte.class, short.class, int.class, long.class, float.class, double.class, char.class);

    private static final Map<String, Class<?>> BY_NAME = Stream.of(
                    PLAIN_CONTAINERS.stream(),
                    SORTED_CONTAINERS.stream(),
                    OPTIONALS.stream(),
                    NATURAL.stream(),
                    ENUMS.stream(),
                    TextEncoding.ALL.stream().map(TextEncoding::type))
            .<Class<?>>flatMap(types -> types)
            .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, type -> type));

    private static final Map<Class<?>, Wrapped> WRAPPED_BY_TYPE =
            WRAPPED.stream().collect(Collectors.toUnmodifiableMap(Wrapped::type, wrapped -> wrapped));

    private static final Map<Class<?>, String> NAMES = names();

    private JdkTypes() {}

    static @Nullable String nameOf(Class<?> type) {
        return NAMES.get(type);
    }

    static @Nullable Class<?> named(String name) {
        Class<?> type = BY_NAME.get(name);
        if (type != null) {
            return type;
        }
        for (Wrapped wrapped : WRAPPED) {
            if (wrapped.name().equals(name)) {
                return wrapped.type();
            }
        }
        return null;
    }

    /** The components of an array that are no values: {@code int}, {@code Object}. */
    static @Nullable Class<?> component(String name) {
        if (name.equals("Object")) {
            return Object.class;
        }
        for (Class<?> primitive : PRIMITIVES) {
            if (primitive.getName().equals(name)) {
                return primitive;
            }
        }
        return null;
    }

    static @Nullable Wrapped wrapped(Class<?> type) {
        return WRAPPED_BY_TYPE.get(type);
    }

    /** Containers whose declared type says all there is to know about them, so that JSON alone gives them back. */
    static boolean saysItAll(Class<?> container) {
        return container == List.class
                || container == Set.class
                || container == Map.class
                || PLAIN_CONTAINERS.contains(container);
    }

    static boolean isValue(Class<?> type) {
        return type.isPrimitive() || NAMES.containsKey(type);
    }

    static boolean belongs(Class<?> type) {
        return belongs(type.getName());
    }

    static boolean belongs(String name) {
        return Stream.of("java.", "javax.", "jdk.", "sun.", "com.sun.").anyMatch(name::startsWith);
    }

    @SuppressWarnings("JdkObsolete") // applications have linked lists
    private static Map<Class<?>, String> names() {
        Map<Class<?>, String> names = new HashMap<>();
        BY_NAME.forEach((name, type) -> names.put(type, name));
        WRAPPED.forEach(wrapped -> names.put(wrapped.type(), wrapped.name()));
        names.put(ZoneId.of("Europe/Paris").getClass(), "ZoneId");
        Stream.of(
                        List.of(),
                        List.of(1),
                        List.of(1, 2, 3).subList(0, 2),
                        Collections.emptyList(),
                        Collections.singletonList(1),
                        Collections.nCopies(2, 1),
                        Collections.unmodifiableList(new LinkedList<>()))
                .forEach(list -> names.put(list.getClass(), "List"));
        Stream.of(Set.of(), Set.of(1), Collections.emptySet(), Collections.singleton(1))
                .forEach(set -> names.put(set.getClass(), "Set"));
        Stream.of(Map.of(), Map.of(1, 1), Collections.emptyMap(), Collections.singletonMap(1, 1))
                .forEach(map -> names.put(map.getClass(), "Map"));
        Stream.of(Collections.emptyNavigableSet(), Collections.unmodifiableSortedSet(new TreeSet<>()))
                .forEach(set -> names.put(set.getClass(), "SortedSet"));
        Stream.of(Collections.emptyNavigableMap(), Collections.unmodifiableSortedMap(new TreeMap<>()))
                .forEach(map -> names.put(map.getClass(), "SortedMap"));
        names.put(Collections.synchronizedList(new LinkedList<>()).getClass(), "SynchronizedList");
        return Map.copyOf(names);
    }

    private static Wrapped wrapped(String name, Object sample, Function<Object, Object> wrap) {
        return new Wrapped(name, wrap.apply(sample).getClass(), sample.getClass(), wrap);
    }
}
