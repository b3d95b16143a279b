package dev.reactivesession.engine;

import java.util.AbstractMap;
import java.util.Map;
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
        return new AttributeEntries(this, attributes);
    }

    /** Shows names, never the content of an attribute. */
    @Override
    public String toString() {
        return attributes.names().toString();
    }
}
