package dev.reactivesession.engine;

import dev.reactivesession.store.WriteName;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names of the last writes that a record contains, oldest first. Kept as they lie there: every load reads them. */
final class WriteNames {

    private final ByteBuffer names;

    private WriteNames(ByteBuffer names) {
        this.names = names;
    }

    static WriteNames of(List<WriteName> writes) {
        return new WriteNames(ByteBuffer.allocate(0)).with(writes);
    }

    /** All that is left in a buffer, which nobody reads on. */
    static WriteNames read(ByteBuffer rest) {
        return new WriteNames(rest);
    }

    void write(ByteBuffer target) {
        target.put(names.duplicate());
    }

    int bytes() {
        return names.remaining();
    }

    /** The latest of these and more. */
    WriteNames with(List<WriteName> more) {
        int all = bytes() / Long.BYTES + more.size();
        int forgotten = Math.max(0, all - WriteName.REMEMBERED);
        ByteBuffer latest = ByteBuffer.allocate((all - forgotten) * Long.BYTES);
        for (int each = forgotten; each < all; each++) {
            latest.putLong(
                    each * Long.BYTES < bytes()
                            ? at(each)
                            : more.get(each - bytes() / Long.BYTES).value());
        }
        return new WriteNames(latest.flip());
    }

    Set<WriteName> among(List<WriteName> asked) {
        Set<WriteName> contained = new HashSet<>(asked);
        contained.removeIf(name -> !contains(name.value()));
        return contained;
    }

    private boolean contains(long name) {
        for (int each = 0; each < bytes() / Long.BYTES; each++) {
            if (at(each) == name) {
                return true;
            }
        }
        return false;
    }

    private long at(int index) {
        return names.getLong(names.position() + index * Long.BYTES);
    }
}
