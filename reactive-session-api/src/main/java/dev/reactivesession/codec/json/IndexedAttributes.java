package dev.reactivesession.codec.json;

import dev.reactivesession.codec.EncodedValue;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a payload; a request usually asks for one of them. They become a map of their own when one is
 * changed. Several threads may read at once.
 */
final class IndexedAttributes extends AbstractMap<String, EncodedValue> {

    private final byte[] payload;

    private final AttributeIndex index;

    private final KnownNames names;

    private volatile @Nullable Map<String, EncodedValue> all;

    IndexedAttributes(byte[] payload, AttributeIndex index, KnownNames names) {
        this.payload = payload;
        this.index = index;
        this.names = names;
    }

    @Override
    public @Nullable EncodedValue get(@Nullable Object key) {
        Map<String, EncodedValue> known = all;
        if (known != null) {
            return known.get(key);
        }
        int place = key instanceof String name ? index.find(name, payload) : -1;
        return place < 0 ? null : index.value(place, payload);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        Map<String, EncodedValue> known = all;
        return known != null ? known.containsKey(key) : key instanceof String name && index.find(name, payload) >= 0;
    }

    @Override
    public int size() {
        Map<String, EncodedValue> known = all;
        return known != null ? known.size() : index.size();
    }

    @Override
    public @Nullable EncodedValue put(String name, EncodedValue value) {
        return all().put(name, value);
    }

    @Override
    public @Nullable EncodedValue remove(@Nullable Object key) {
        return all().remove(key);
    }

    @Override
    public void clear() {
        all().clear();
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super EncodedValue> action) {
        Map<String, EncodedValue> known = all;
        if (known != null) {
            known.forEach(action);
        } else {
            for (int each = 0; each < index.size(); each++) {
                action.accept(name(each), index.value(each, payload));
            }
        }
    }

    @Override
    public Set<Entry<String, EncodedValue>> entrySet() {
        Map<String, EncodedValue> known = all;
        return known != null ? known.entrySet() : new Entries();
    }

    private Map<String, EncodedValue> all() {
        Map<String, EncodedValue> known = all;
        if (known == null) {
            known = new LinkedHashMap<>(2 * index.size());
            forEach(known::put);
            all = known;
        }
        return known;
    }

    /** An iteration view; caches nothing. */
    private final class Entries extends AbstractSet<Entry<String, EncodedValue>> {

        @Override
        public int size() {
            return IndexedAttributes.this.size();
        }

        @Override
        public Iterator<Entry<String, EncodedValue>> iterator() {
            return new Iterator<>() {

                private int next;

                @Override
                public boolean hasNext() {
                    return next < index.size();
                }

                @Override
                public Entry<String, EncodedValue> next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    int each = next++;
                    return Map.entry(name(each), index.value(each, payload));
                }
            };
        }
    }

    private String name(int each) {
        return names.name(index, each, payload);
    }
}
