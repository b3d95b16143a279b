package dev.reactivesession.codec.json;

import dev.reactivesession.codec.EncodedValue;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a payload, of which a request usually asks for one: only that one becomes an object. They all become entries of a map
 * when they are many, or when one is changed. Several threads may read at once.
 */
final class SplitAttributes extends AbstractMap<String, EncodedValue> {

    /** More than these are looked up by hash. */
    private static final int FEW = 32;

    private final byte[] payload;

    private final String[] names = new String[FEW];

    /** Where each value begins, and has ended. */
    private final int[] bounds = new int[2 * FEW];

    private int count;

    private int firstTyped = FEW;

    private volatile @Nullable Map<String, EncodedValue> all;

    SplitAttributes(byte[] payload) {
        this.payload = payload;
    }

    /** The attributes added from here on name their type. */
    void typedFromHere() {
        firstTyped = count;
    }

    /** False when there is one of that name. */
    boolean add(String name, boolean typed, int begin, int end) {
        if (all != null || count == FEW) {
            return all().put(name, new EncodedValue(typed, payload, begin, end - begin)) == null;
        }
        if (find(name) >= 0) {
            return false;
        }
        names[count] = name;
        bounds[2 * count] = begin;
        bounds[2 * count + 1] = end;
        count++;
        return true;
    }

    private int find(@Nullable Object name) {
        for (int index = 0; index < count; index++) {
            if (names[index].equals(name)) {
                return index;
            }
        }
        return -1;
    }

    private EncodedValue value(int index) {
        int begin = bounds[2 * index];
        return new EncodedValue(index >= firstTyped, payload, begin, bounds[2 * index + 1] - begin);
    }

    @Override
    public @Nullable EncodedValue get(@Nullable Object name) {
        Map<String, EncodedValue> known = all;
        if (known != null) {
            return known.get(name);
        }
        int index = find(name);
        return index < 0 ? null : value(index);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        Map<String, EncodedValue> known = all;
        return known != null ? known.containsKey(name) : find(name) >= 0;
    }

    @Override
    public int size() {
        Map<String, EncodedValue> known = all;
        return known != null ? known.size() : count;
    }

    @Override
    public @Nullable EncodedValue put(String name, EncodedValue value) {
        return all().put(name, value);
    }

    @Override
    public @Nullable EncodedValue remove(@Nullable Object name) {
        return all().remove(name);
    }

    @Override
    public void clear() {
        all().clear();
    }

    @Override
    public Set<Entry<String, EncodedValue>> entrySet() {
        Map<String, EncodedValue> known = all;
        return known != null ? known.entrySet() : new Entries();
    }

    private Map<String, EncodedValue> all() {
        Map<String, EncodedValue> known = all;
        if (known == null) {
            known = new LinkedHashMap<>(2 * FEW);
            for (int index = 0; index < count; index++) {
                known.put(names[index], value(index));
            }
            all = known;
        }
        return known;
    }

    /** An iteration view; caches nothing. */
    private final class Entries extends AbstractSet<Entry<String, EncodedValue>> {

        @Override
        public int size() {
            return SplitAttributes.this.size();
        }

        @Override
        public Iterator<Entry<String, EncodedValue>> iterator() {
            return new Iterator<>() {

                private int next;

                @Override
                public boolean hasNext() {
                    return next < count;
                }

                @Override
                public Entry<String, EncodedValue> next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    return Map.entry(names[next], value(next++));
                }
            };
        }
    }
}
