package dev.reactivesession.cookie;

import java.util.Arrays;

/**
 * Writes numbers in as few bytes as they need, seven bits to a byte, into a buffer that was made large enough. There
 * may be room around them, for the bytes to be wrapped where they are.
 */
final class ByteWriter {

    static final int LONGEST_NUMBER = 10;

    private final byte[] buffer;

    private final int from;

    private int end;

    ByteWriter(int room) {
        this(0, room, 0);
    }

    ByteWriter(int before, int room, int after) {
        this.buffer = new byte[before + room + after];
        this.from = before;
        this.end = before;
    }

    ByteWriter octet(int value) {
        buffer[end++] = (byte) value;
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
        System.arraycopy(value, 0, buffer, end, value.length);
        end += value.length;
        return this;
    }

    ByteWriter sized(byte[] value) {
        return unsigned(value.length).bytes(value);
    }

    ByteWriter zerosUpTo(int length) {
        end = from + length;
        return this;
    }

    int length() {
        return end - from;
    }

    /** The bytes written. */
    byte[] toBytes() {
        return Arrays.copyOfRange(buffer, from, end);
    }

    /** The bytes written, with the room around them. */
    byte[] buffer() {
        return buffer;
    }
}
