package dev.reactivesession.engine;

import dev.reactivesession.store.WriteName;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names of the last writes that a record contains, oldest first. Kept as numbers: every load reads them. */
final class WriteNames {

    private final long[] values;

    private WriteNames(long[] values) {
        this.values = values;
    }

    static WriteNames of(List<WriteName> writes) {
        return new WriteNames(new long[0]).with(writes);
    }

    /** All that is left in a buffer. */
    static WriteNames read(ByteBuffer buffer) {
        long[] values = new long[buffer.remaining() / Long.BYTES];
        for (int each = 0; each < values.length; each++) {
            values[each] = buffer.getLong();
        }
        return new WriteNames(values);
    }

    void write(ByteBuffer buffer) {
        for (long value : values) {
            buffer.putLong(value);
        }
    }

    int bytes() {
        return values.length * Long.BYTES;
    }

    /** The latest of these and more. */
    WriteNames with(List<WriteName> more) {
        long[] all = Arrays.copyOf(values, values.length + more.size());
        for (int each = 0; each < more.size(); each++) {
            all[values.length + each] = more.get(each).value();
        }
        int forgotten = Math.max(0, all.length - WriteName.REMEMBERED);
        return new WriteNames(forgotten == 0 ? all : Arrays.copyOfRange(all, forgotten, all.length));
    }

    Set<WriteName> among(List<WriteName> asked) {
        Set<WriteName> contained = new HashSet<>(asked);
        contained.removeIf(name -> Arrays.stream(values).noneMatch(value -> value == name.value()));
        return contained;
    }
}
