package dev.reactivesession.engine;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a session as a live map. An unreadable attribute is not in it, unless the policy is to say so when
 * it is read. An iteration goes over the names of its beginning and passes over those that are gone.
 */
final class AttributeMap extends AbstractMap<String, Object> {

    private final LiveAttributes attributes;

    AttributeMap(LiveAttributes attributes) {
        this.attributes = attributes;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        return key instanceof String name && AttributeName.isAllowed(name) ? attributes.<Object>get(name, null) : null;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key instanceof String name && attributes.shows(name);
    }

    @Override
    public boolean isEmpty() {
        return attributes.names().stream().noneMatch(attributes::shows);
    }

    @Override
    public @Nullable Object put(String name, @Nullable Object value) {
        synchronized (attributes.lives()) {
            Object before = attributes.readable(AttributeName.require(name), null);
            attributes.put(name, null, value);
            return before;
        }
    }

    @Override
    public @Nullable Object remove(@Nullable Object key) {
        return key instanceof String name && AttributeName.isAllowed(name)
                ? attributes.<Object>remove(name, null)
                : null;
    }

    @Override
    public boolean remove(@Nullable Object key, @Nullable Object value) {
        return key instanceof String name && replaceIf(name, value, null);
    }

    @Override
    public boolean replace(String name, Object expected, Object value) {
        return replaceIf(name, expected, Objects.requireNonNull(value));
    }

    private boolean replaceIf(String name, @Nullable Object expected, @Nullable Object value) {
        synchronized (attributes.lives()) {
            if (expected == null || !expected.equals(get(name))) {
                return false;
            }
            attributes.<Object>compute(name, null, now -> Objects.equals(now, expected) ? value : now);
            return true;
        }
    }

    @Override
    public @Nullable Object replace(String name, Object value) {
        synchronized (attributes.lives()) {
            Object before = get(name);
            computeIfPresent(name, (same, there) -> Objects.requireNonNull(value));
            return before;
        }
    }

    @Override
    public @Nullable Object putIfAbsent(String name, Object value) {
        synchronized (attributes.lives()) {
            Object before = get(name);
            computeIfAbsent(name, same -> Objects.requireNonNull(value));
            return before;
        }
    }

    @Override
    public @Nullable Object computeIfAbsent(
            String name, Function<? super String, ? extends @Nullable Object> function) {
        synchronized (attributes.lives()) {
            Object present = attributes.get(name, null);
            return present != null
                    ? present
                    : attributes.<Object>compute(name, null, there -> there == null ? function.apply(name) : there);
        }
    }

    @Override
    public @Nullable Object computeIfPresent(
            String name, BiFunction<? super String, ? super Object, ? extends @Nullable Object> function) {
        synchronized (attributes.lives()) {
            return attributes.get(name, null) == null
                    ? null
                    : attributes.<Object>compute(
                            name, null, there -> there == null ? null : function.apply(name, there));
        }
    }

    @Override
    public @Nullable Object compute(
            String name, BiFunction<? super String, ? super @Nullable Object, ? extends @Nullable Object> function) {
        return attributes.<Object>compute(name, null, there -> function.apply(name, there));
    }

    @Override
    public @Nullable Object merge(
            String name,
            Object value,
            BiFunction<? super Object, ? super Object, ? extends @Nullable Object> function) {
        Objects.requireNonNull(value);
        return attributes.<Object>compute(name, null, there -> there == null ? value : function.apply(there, value));
    }

    @Override
    public void replaceAll(BiFunction<? super String, ? super Object, ? extends Object> function) {
        synchronized (attributes.lives()) {
            keySet().forEach(name ->
                    computeIfPresent(name, (same, there) -> Objects.requireNonNull(function.apply(same, there))));
        }
    }

    @Override
    public void clear() {
        attributes.clear();
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new Entries();
    }

    /** Shows names, never the content of an attribute. */
    @Override
    public String toString() {
        return attributes.names().toString();
    }

    private final class Entries extends AbstractSet<Map.Entry<String, Object>> {

        @Override
        public int size() {
            return (int) attributes.names().stream().filter(attributes::shows).count();
        }

        @Override
        public Iterator<Map.Entry<String, Object>> iterator() {
            return new EntryIterator(attributes.names().iterator());
        }
    }

    private final class EntryIterator implements Iterator<Map.Entry<String, Object>> {

        private final Iterator<String> names;

        private @Nullable String next;

        private @Nullable String current;

        EntryIterator(Iterator<String> names) {
            this.names = names;
        }

        @Override
        public boolean hasNext() {
            while (next == null && names.hasNext()) {
                String name = names.next();
                next = attributes.shows(name) ? name : null;
            }
            return next != null;
        }

        @Override
        public Map.Entry<String, Object> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            current = Objects.requireNonNull(next);
            next = null;
            return new LiveEntry(current);
        }

        @Override
        public void remove() {
            if (current == null) {
                throw new IllegalStateException("next() comes first");
            }
            attributes.remove(current, null);
            current = null;
        }
    }

    /** Reads its value when it is asked for, so that an iteration over names decodes nothing. */
    private final class LiveEntry implements Map.Entry<String, Object> {

        private final String name;

        LiveEntry(String name) {
            this.name = name;
        }

        @Override
        public String getKey() {
            return name;
        }

        @Override
        @SuppressWarnings(
                "NullAway") // null when it was removed meanwhile, which a map without nulls cannot say otherwise
        public Object getValue() {
            return attributes.get(name, null);
        }

        @Override
        public @Nullable Object setValue(Object value) {
            return AttributeMap.this.put(name, Objects.requireNonNull(value));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Map.Entry<?, ?> that
                    && name.equals(that.getKey())
                    && Objects.equals(getValue(), that.getValue());
        }

        @Override
        public int hashCode() {
            return name.hashCode() ^ Objects.hashCode(getValue());
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
