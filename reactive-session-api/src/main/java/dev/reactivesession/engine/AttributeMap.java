package dev.reactivesession.engine;

import dev.reactivesession.Session;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The attributes of a session as a live map. What cannot be decoded is not in it. */
final class AttributeMap extends AbstractMap<String, Object> {

    private final Session session;

    private final Supplier<Set<String>> names;

    AttributeMap(Session session, Supplier<Set<String>> names) {
        this.session = session;
        this.names = names;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        return key instanceof String name ? session.<Object>get(name) : null;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    public @Nullable Object put(String name, @Nullable Object value) {
        Object before = session.get(name);
        session.put(name, value);
        return before;
    }

    @Override
    public @Nullable Object remove(@Nullable Object key) {
        return key instanceof String name ? session.<Object>remove(name) : null;
    }

    @Override
    public Object computeIfAbsent(String name, Function<? super String, ? extends Object> function) {
        return session.<Object>computeIfAbsent(name, () -> function.apply(name));
    }

    @Override
    public void clear() {
        session.clear();
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new Entries();
    }

    private List<String> readable() {
        return names.get().stream().filter(this::containsKey).toList();
    }

    private final class Entries extends AbstractSet<Map.Entry<String, Object>> {

        @Override
        public int size() {
            return readable().size();
        }

        @Override
        public Iterator<Map.Entry<String, Object>> iterator() {
            return new EntryIterator(readable().iterator());
        }
    }

    private final class EntryIterator implements Iterator<Map.Entry<String, Object>> {

        private final Iterator<String> remaining;

        private @Nullable String current;

        EntryIterator(Iterator<String> remaining) {
            this.remaining = remaining;
        }

        @Override
        public boolean hasNext() {
            return remaining.hasNext();
        }

        @Override
        public Map.Entry<String, Object> next() {
            String name = remaining.next();
            current = name;
            return new LiveEntry(name, Objects.requireNonNull(session.<Object>get(name)));
        }

        @Override
        public void remove() {
            if (current == null) {
                throw new IllegalStateException("next() comes first");
            }
            session.remove(current);
            current = null;
        }
    }

    private final class LiveEntry extends SimpleEntry<String, Object> {

        private static final long serialVersionUID = 1L;

        LiveEntry(String name, Object value) {
            super(name, value);
        }

        @Override
        public Object setValue(Object value) {
            session.put(getKey(), value);
            return super.setValue(value);
        }
    }
}
