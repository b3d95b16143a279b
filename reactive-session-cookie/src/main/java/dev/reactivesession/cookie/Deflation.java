package dev.reactivesession.cookie;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Raw DEFLATE. Data that would inflate to more than {@link #MOST_INFLATED} bytes is refused. */
final class Deflation {

    static final int MOST_INFLATED = 64 * 1024;

    private Deflation() {}

    /** Whether it pays, and can be undone. */
    static boolean shortens(byte[] deflated, byte[] plain) {
        return deflated.length < plain.length && plain.length <= MOST_INFLATED;
    }

    static byte[] deflate(byte[] plain) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setInput(plain);
            deflater.finish();
            byte[] target = new byte[plain.length];
            return Arrays.copyOf(target, deflater.deflate(target));
        } finally {
            deflater.end();
        }
    }

    static byte[] inflate(byte[] deflated) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(deflated);
            byte[] target = new byte[MOST_INFLATED];
            int length = inflater.inflate(target);
            if (!inflater.finished()) {
                throw ByteReader.unreadable();
            }
            return Arrays.copyOf(target, length);
        } catch (
                @SuppressWarnings("UnusedException")
                DataFormatException mayQuoteContent) {
            throw ByteReader.unreadable();
        } finally {
            inflater.end();
        }
    }
}
