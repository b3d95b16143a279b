package dev.reactivesession.codec.json;

import dev.reactivesession.codec.EncodedValue;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The bytes of one value, up to a bound: a value that never ends is refused before it takes all memory. */
final class BoundedBytes extends OutputStream {

    private static final int FIRST = 128;

    private final int bound;

    private byte[] bytes = new byte[FIRST];

    private int length;

    private @Nullable List<UnorderedStretch> unordered;

    private @Nullable List<RoundTripProbe> unproven;

    BoundedBytes(int bound) {
        this.bound = bound;
    }

    /** Null where a generator writes elsewhere: into a buffer of Jackson. */
    static @Nullable BoundedBytes of(JsonGenerator out) {
        return out.streamWriteOutputTarget() instanceof BoundedBytes bytes ? bytes : null;
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] more, int offset, int count) {
        if (count > bound - length) {
            throw new Overflow();
        }
        if (count > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, (int) Math.min(bound, 2L * bytes.length)));
        }
        System.arraycopy(more, offset, bytes, length, count);
        length += count;
    }

    /** How many bytes there will be once the generator has handed over what it holds. */
    int lengthWith(JsonGenerator out) {
        return length + out.streamWriteOutputBuffered();
    }

    /** To be sorted; stretches inside another come before it. */
    void addUnordered(UnorderedStretch stretch) {
        unordered = added(unordered, stretch);
    }

    void addUnproven(RoundTripProbe probe) {
        unproven = added(unproven, probe);
    }

    /** What was written for the first time. */
    List<RoundTripProbe> unproven() {
        return unproven == null ? List.of() : unproven;
    }

    EncodedValue encoded(boolean typed) {
        if (unordered != null) {
            unordered.forEach(stretch -> stretch.sort(bytes));
        }
        return new EncodedValue(typed, bytes, 0, length);
    }

    private static <T> List<T> added(@Nullable List<T> some, T more) {
        List<T> all = some == null ? new ArrayList<>() : some;
        all.add(more);
        return all;
    }

    static final class Overflow extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Overflow() {
            super("more bytes than the bound", null, false, false);
        }
    }
}
