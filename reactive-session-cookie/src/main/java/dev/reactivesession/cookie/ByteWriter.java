package dev.reactivesession.cookie;

import java.util.Arrays;

/** Writes numbers in as few bytes as they need, seven bits to a byte, into a buffer that was made large enough. */
final class ByteWriter {

    static final int LONGEST_NUMBER = 10;

    private final byte[] buffer;

    private int length;

    ByteWriter(int room) {
        this.buffer = new byte[room];
    }

    ByteWriter octet(int value) {
        buffer[length++] = (byte) value;
        return this;
    }

    ByteWriter unsigned(long value) {
        long rest = value;
        for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
            octet((int) rest | 0x80);
        }
        return octet((int) rest);
    }

    ByteWriter signed(long value) {
        return unsigned((value << 1) ^ (value >> 63));
    }

    ByteWriter bytes(byte[] value) {
        System.arraycopy(value, 0, buffer, length, value.length);
        length += value.length;
        return this;
    }

    ByteWriter sized(byte[] value) {
        return unsigned(value.length).bytes(value);
    }

    int length() {
        return length;
    }

    /** The bytes written, and zeros up to this size. */
    byte[] toBytes(int size) {
        return Arrays.copyOf(buffer, size);
    }

    byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }
}
