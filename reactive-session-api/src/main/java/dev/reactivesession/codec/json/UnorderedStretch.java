package dev.reactivesession.codec.json;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The bytes of a set or a map that has no order of its own. Its elements are sorted once they are written, so that the same content
 * always gives the same bytes.
 */
final class UnorderedStretch {

    private static final int SEVERAL = 2;

    /** Their order changes from one start of the JVM to the next. */
    private static final Set<Class<?>> IMMUTABLE = Set.of(
            Set.of(1).getClass(),
            Set.of(1, 2, 3).getClass(),
            Map.of(1, 1).getClass(),
            Map.of(1, 1, 2, 2).getClass());

    private final BoundedBytes written;

    private final int begin;

    private final int[] ends;

    private int count;

    private UnorderedStretch(BoundedBytes written, int begin, int size) {
        this.written = written;
        this.begin = begin;
        this.ends = new int[size];
    }

    /** Begins after the bracket of a container; null where there is nothing to sort. */
    static @Nullable UnorderedStretch begin(Class<?> container, int size, JsonGenerator out) {
        BoundedBytes written = size >= SEVERAL && hasNoOrder(container) ? BoundedBytes.of(out) : null;
        return written == null ? null : new UnorderedStretch(written, written.lengthWith(out), size);
    }

    /** Whether the sets or maps of a class have no order of their own. */
    static boolean hasNoOrder(Class<?> type) {
        return IMMUTABLE.contains(type)
                || ConcurrentHashMap.class.isAssignableFrom(type)
                || isButNot(type, HashSet.class, LinkedHashSet.class)
                || isButNot(type, HashMap.class, LinkedHashMap.class);
    }

    private static boolean isButNot(Class<?> type, Class<?> unordered, Class<?> ordered) {
        return unordered.isAssignableFrom(type) && !ordered.isAssignableFrom(type);
    }

    /** After each element; a container that grows meanwhile stays as it is. */
    static void elementEnded(@Nullable UnorderedStretch stretch, JsonGenerator out) {
        if (stretch != null && stretch.count++ < stretch.ends.length) {
            stretch.ends[stretch.count - 1] = stretch.written.lengthWith(out);
        }
    }

    static void ended(@Nullable UnorderedStretch stretch) {
        if (stretch != null && stretch.count == stretch.ends.length) {
            stretch.written.addUnordered(stretch);
        }
    }

    /** Moves the elements only; the commas between them stay one each. */
    void sort(byte[] bytes) {
        if (isSorted(bytes)) {
            return;
        }
        byte[] before = Arrays.copyOfRange(bytes, begin, ends[count - 1]);
        Integer[] order = new Integer[count];
        Arrays.setAll(order, index -> index);
        Arrays.sort(order, (one, other) -> compare(before, begin, one, other));
        int at = begin;
        for (int element : order) {
            int length = ends[element] - beginOf(element);
            System.arraycopy(before, beginOf(element) - begin, bytes, at, length);
            at += length;
            if (at < ends[count - 1]) {
                bytes[at++] = ',';
            }
        }
    }

    private boolean isSorted(byte[] bytes) {
        for (int element = 1; element < count; element++) {
            if (compare(bytes, 0, element - 1, element) > 0) {
                return false;
            }
        }
        return true;
    }

    private int compare(byte[] bytes, int offset, int one, int other) {
        return Arrays.compareUnsigned(
                bytes,
                beginOf(one) - offset,
                ends[one] - offset,
                bytes,
                beginOf(other) - offset,
                ends[other] - offset);
    }

    private int beginOf(int element) {
        return element == 0 ? begin : ends[element - 1] + 1;
    }
}
