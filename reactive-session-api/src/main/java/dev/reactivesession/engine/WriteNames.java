package dev.reactivesession.engine;

import dev.reactivesession.store.WriteName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names of the last writes that a record contains, oldest first. Kept as they lie there: every load reads them. */
final class WriteNames {

    static final WriteNames NONE = new WriteNames(new byte[0], 0);

    private final byte[] bytes;

    private final int begin;

    /** The rest of an array, which stays as it is. */
    WriteNames(byte[] bytes, int begin) {
        this.bytes = bytes;
        this.begin = begin;
    }

    static WriteNames of(List<WriteName> writes) {
        return NONE.with(writes);
    }

    void write(byte[] target, int at) {
        System.arraycopy(bytes, begin, target, at, bytes());
    }

    int bytes() {
        return bytes.length - begin;
    }

    private int count() {
        return bytes() / Long.BYTES;
    }

    /** The latest of these and more. */
    WriteNames with(List<WriteName> more) {
        int all = count() + more.size();
        int forgotten = Math.max(0, all - WriteName.REMEMBERED);
        byte[] latest = new byte[(all - forgotten) * Long.BYTES];
        for (int each = forgotten; each < all; each++) {
            BigEndian.put(
                    latest,
                    (each - forgotten) * Long.BYTES,
                    each < count() ? at(each) : more.get(each - count()).value());
        }
        return new WriteNames(latest, 0);
    }

    Set<WriteName> among(List<WriteName> asked) {
        Set<WriteName> contained = new HashSet<>(asked);
        contained.removeIf(name -> !contains(name.value()));
        return contained;
    }

    private boolean contains(long name) {
        for (int each = 0; each < count(); each++) {
            if (at(each) == name) {
                return true;
            }
        }
        return false;
    }

    private long at(int index) {
        return BigEndian.get(bytes, begin + index * Long.BYTES);
    }
}
