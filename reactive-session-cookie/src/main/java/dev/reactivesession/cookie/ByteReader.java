package dev.reactivesession.cookie;

import dev.reactivesession.SessionException;
import java.util.Arrays;

/** Reads the bytes of a {@link ByteWriter}; never past their end, and nothing that does not fit. */
final class ByteReader {

    private final byte[] buffer;

    private final int end;

    private int position;

    ByteReader(byte[] buffer, int from, int end) {
        this.buffer = buffer;
        this.position = from;
        this.end = end;
    }

    int octet() {
        require(1);
        return buffer[position++] & 0xff;
    }

    long unsigned() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int octet = octet();
            value |= (octet & 0x7fL) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw unreadable();
    }

    long signed() {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    byte[] bytes(int length) {
        require(length);
        position += length;
        return Arrays.copyOfRange(buffer, position - length, position);
    }

    byte[] sized() {
        long length = unsigned();
        if (length < 0 || length > end - position) {
            throw unreadable();
        }
        return bytes((int) length);
    }

    boolean restIsZero() {
        while (position < end) {
            if (buffer[position++] != 0) {
                return false;
            }
        }
        return true;
    }

    private void require(int length) {
        if (length > end - position) {
            throw unreadable();
        }
    }

    static SessionException.Unreadable unreadable() {
        return new SessionException.Unreadable("a sealed session is not in a form that this version reads", null);
    }
}
