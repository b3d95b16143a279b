package dev.reactivesession;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The name of an attribute together with its type. A value stored through it needs no type name in the data, and is
 * read back as exactly this type. Declare it once, as a constant:
 *
 * <pre>{@code
 * static final Attribute<Integer> HITS = Attribute.of("hits", Integer.class);
 * static final Attribute<List<String>> CART = Attribute.listOf("cart", String.class);
 * static final Attribute<Map<String, List<Item>>> WISHES = new Attribute<>("wishes") {};
 * }</pre>
 *
 * @param <T> the type of the value
 */
public class Attribute<T> {

    private final String name;

    private final Type type;

    private final Merging<T> merging;

    private final History history;

    /**
     * For an anonymous subclass, which is how Java keeps a generic type: {@code new Attribute<Map<String,
     * Item>>("items") {}}.
     *
     * @param name the name of the attribute
     */
    protected Attribute(String name) {
        this.name = Objects.requireNonNull(name, "name");
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType declared)) {
            throw new IllegalArgumentException("the attribute '" + name + "' needs a type: new Attribute<TheType>(\""
                    + name + "\") {}, or Attribute.of(\"" + name + "\", TheType.class)");
        }
        this.type = declared.getActualTypeArguments()[0];
        this.merging = new Merging.ByElement<>();
        this.history = History.NONE;
    }

    private Attribute(String name, Type type) {
        this(name, type, new Merging.ByElement<>(), History.NONE);
    }

    private Attribute(String name, Type type, Merging<T> merging, History history) {
        this.name = Objects.requireNonNull(name, "name");
        this.type = Objects.requireNonNull(type, "type");
        this.merging = merging;
        this.history = history;
    }

    /**
     * Declares an attribute of a plain class.
     *
     * @param name the name
     * @param type the class of the value
     * @param <T> the type of the value
     * @return the attribute
     */
    public static <T> Attribute<T> of(String name, Class<T> type) {
        return new Attribute<>(name, type);
    }

    /**
     * Declares a list.
     *
     * @param name the name
     * @param element the class of the elements
     * @param <E> the type of the elements
     * @return the attribute
     */
    public static <E> Attribute<List<E>> listOf(String name, Class<E> element) {
        return new Attribute<>(name, new Generic(List.class, element));
    }

    /**
     * Declares a set.
     *
     * @param name the name
     * @param element the class of the elements
     * @param <E> the type of the elements
     * @return the attribute
     */
    public static <E> Attribute<Set<E>> setOf(String name, Class<E> element) {
        return new Attribute<>(name, new Generic(Set.class, element));
    }

    /**
     * Declares a map.
     *
     * @param name the name
     * @param key the class of the keys
     * @param value the class of the values
     * @param <K> the type of the keys
     * @param <V> the type of the values
     * @return the attribute
     */
    public static <K, V> Attribute<Map<K, V>> mapOf(String name, Class<K> key, Class<V> value) {
        return new Attribute<>(name, new Generic(Map.class, key, value));
    }

    /**
     * The name.
     *
     * @return the name
     */
    public final String name() {
        return name;
    }

    /**
     * The declared type.
     *
     * @return the type, generic where it was declared so
     */
    public final Type type() {
        return type;
    }

    /**
     * The same attribute, never merged: when two requests changed it, the policy for conflicts decides about the whole.
     *
     * @return a copy
     */
    public final Attribute<T> whole() {
        return new Attribute<>(name, type, new Merging.Whole<>(), history);
    }

    /**
     * The same attribute, merged by a function of the application when two requests changed it in place.
     *
     * @param function merges two changes
     * @return a copy
     */
    public final Attribute<T> merging(Merging.Function<T> function) {
        return new Attribute<>(name, type, new Merging.With<>(function), history);
    }

    /**
     * How two changes of this attribute are brought together.
     *
     * @return by element, unless said otherwise
     */
    public final Merging<T> merging() {
        return merging;
    }

    /**
     * The same attribute, also read from values that name their class as it was called before. It stands for the
     * declared class; for that of the elements of a list or a set, and of the values of a map.
     *
     * @param classNames full names that the class had
     * @return a copy
     */
    public final Attribute<T> formerly(String... classNames) {
        return changed(new History(Set.of(classNames), history.upgrade(), history.keepsUnknown()));
    }

    /**
     * How the class was called before.
     *
     * @return full names; empty unless said otherwise
     */
    public final Set<String> formerNames() {
        return history.formerNames();
    }

    /**
     * The same attribute, stored with the number of the version that its class has now. Values of earlier versions are
     * brought to it when they are read; to read them changes nothing that is stored. It stands for the declared class,
     * for that of the elements of a list or a set, and of the values of a map, and each of them has its own number. A
     * value without one is of version 1; a value of a later version is read as it is.
     *
     * <pre>{@code
     * Attribute<Cart> CART = Attribute.of("cart", Cart.class)
     *         .version(2, ObjectNode.class, (from, cart) -> {
     *             cart.set("lines", cart.remove("items"));
     *             return cart;
     *         });
     * }</pre>
     *
     * @param version the version of the class now, from 2
     * @param form the type that the hook works on: {@code JsonNode}, {@code ObjectNode} or {@code Map}
     * @param hook makes the form of now from an earlier one, each time that one is read; must be quick, and always make
     *     the same of the same
     * @param <F> the type of the form
     * @return a copy
     */
    public final <F> Attribute<T> version(int version, Class<F> form, Upgrade.Hook<F> hook) {
        return changed(new History(formerNames(), new Upgrade<>(version, form, hook), history.keepsUnknown()));
    }

    /**
     * How values of earlier versions are brought to the one of now.
     *
     * @return empty unless said otherwise
     */
    public final Optional<Upgrade<?>> upgrade() {
        return Optional.ofNullable(history.upgrade());
    }

    /**
     * The same attribute, whose stored properties stay when this class does not know them, at every depth: a later
     * version of the application wrote them. An object that is put in place of another one keeps its unknown
     * properties, too; an element that is removed takes its own with it.
     *
     * @return a copy
     */
    public final Attribute<T> keepUnknown() {
        return changed(new History(formerNames(), history.upgrade(), true));
    }

    /**
     * Whether a write keeps the properties that the class does not know.
     *
     * @return false unless said otherwise
     */
    public final boolean keepsUnknown() {
        return history.keepsUnknown();
    }

    private Attribute<T> changed(History other) {
        return new Attribute<>(name, type, merging, other);
    }

    /** Equal by name and type. */
    @Override
    public final boolean equals(Object other) {
        return other instanceof Attribute<?> that && name.equals(that.name) && type.equals(that.type);
    }

    @Override
    public final int hashCode() {
        return Objects.hash(name, type);
    }

    @Override
    public final String toString() {
        return name + ": " + type.getTypeName();
    }

    /** How stored forms of other versions of the class are treated. */
    private record History(
            Set<String> formerNames, @Nullable Upgrade<?> upgrade, boolean keepsUnknown) {

        static final History NONE = new History(Set.of(), null, false);
    }

    private static final class Generic implements ParameterizedType {

        private final Class<?> raw;

        private final Type[] arguments;

        Generic(Class<?> raw, Type... arguments) {
            this.raw = raw;
            this.arguments = arguments;
        }

        @Override
        public Type[] getActualTypeArguments() {
            return arguments.clone();
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        @SuppressWarnings("NullAway") // a top-level class has no owner, which reflection says with null
        public Type getOwnerType() {
            return null;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ParameterizedType that
                    && raw.equals(that.getRawType())
                    && Arrays.equals(arguments, that.getActualTypeArguments());
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(arguments) ^ raw.hashCode();
        }

        @Override
        public String toString() {
            return raw.getTypeName() + Arrays.toString(arguments);
        }
    }
}
