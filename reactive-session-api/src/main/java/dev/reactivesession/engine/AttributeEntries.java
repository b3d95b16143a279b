package dev.reactivesession.engine;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The entries of the live map. An iteration decodes only the values it is asked for. */
final class AttributeEntries extends AbstractSet<Map.Entry<String, Object>> {

    private final Map<String, Object> map;

    private final LiveAttributes attributes;

    AttributeEntries(Map<String, Object> map, LiveAttributes attributes) {
        this.map = map;
        this.attributes = attributes;
    }

    @Override
    public int size() {
        return (int) attributes.names().stream().filter(attributes::shows).count();
    }

    @Override
    public Iterator<Map.Entry<String, Object>> iterator() {
        return new EntryIterator(attributes.names().iterator());
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
            return map.put(name, Objects.requireNonNull(value));
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
