package dev.reactivesession.codec.json;

import dev.reactivesession.codec.EncodedValue;
import java.io.OutputStream;
import java.util.Arrays;

/** Bytes up to a bound, so that a value that never ends does not take all memory before it is refused. */
final class BoundedBytes extends OutputStream {

    private static final int FIRST = 128;

    private final int bound;

    private byte[] bytes = new byte[FIRST];

    private int length;

    BoundedBytes(int bound) {
        this.bound = bound;
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

    EncodedValue encoded(boolean typed) {
        return new EncodedValue(typed, bytes, 0, length);
    }

    static final class Overflow extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Overflow() {
            super("more bytes than the bound", null, false, false);
        }
    }
}
