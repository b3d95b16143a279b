package dev.reactivesession.codec;

import java.util.Arrays;

/**
 * One attribute in its stored form: a stretch of bytes, not copied out of the payload it came with. Equal when form
 * and bytes are equal, which is how a change is seen.
 */
public final class EncodedValue {

    private final boolean typed;

    private final byte[] buffer;

    private final int offset;

    private final int length;

    /**
     * Marks a stretch of a buffer, which must not be written into any more.
     *
     * @param typed whether the bytes name the type of the value themselves; if not, a declared type or the plain form
     *     of JSON says it
     * @param buffer where the bytes are
     * @param offset where they begin
     * @param length how many they are
     */
    public EncodedValue(boolean typed, byte[] buffer, int offset, int length) {
        this.typed = typed;
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
    }

    /**
     * Whether the bytes name the type of the value themselves.
     *
     * @return true when they do
     */
    public boolean typed() {
        return typed;
    }

    /**
     * The buffer the bytes are part of.
     *
     * @return the buffer, not to be written into
     */
    public byte[] buffer() {
        return buffer;
    }

    /**
     * Where the bytes begin.
     *
     * @return the index of the first
     */
    public int offset() {
        return offset;
    }

    /**
     * How many bytes there are.
     *
     * @return the length
     */
    public int length() {
        return length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncodedValue that
                && typed == that.typed
                && Arrays.equals(buffer, offset, offset + length, that.buffer, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = typed ? 1 : 0;
        for (int index = offset; index < offset + length; index++) {
            hash = 31 * hash + buffer[index];
        }
        return hash;
    }

    /** Shows the size, never the content. */
    @Override
    public String toString() {
        return "EncodedValue[" + length + " bytes]";
    }
}
