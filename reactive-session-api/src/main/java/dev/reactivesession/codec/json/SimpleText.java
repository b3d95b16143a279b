package dev.reactivesession.codec.json;

import dev.reactivesession.codec.EncodedValue;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Most values are short texts of ASCII that JSON needs not escape: their form is themselves between quotes, and takes
 * no parser.
 */
final class SimpleText {

    private static final int QUOTES = 2;

    private SimpleText() {}

    /** Null when it takes a parser to say. */
    static @Nullable String decode(EncodedValue value) {
        int begin = value.offset() + 1;
        int end = value.offset() + value.length() - 1;
        byte[] bytes = value.buffer();
        return !value.typed()
                        && value.length() >= QUOTES
                        && bytes[begin - 1] == '"'
                        && bytes[end] == '"'
                        && isSimple(bytes, begin, end)
                ? new String(bytes, begin, end - begin, StandardCharsets.ISO_8859_1)
                : null;
    }

    /** Null when it takes a generator to write. */
    static @Nullable EncodedValue encode(String text, int bound) {
        int length = text.length();
        if (length > bound - QUOTES || !isSimple(text)) {
            return null;
        }
        byte[] bytes = new byte[length + QUOTES];
        for (int index = 0; index < length; index++) {
            bytes[index + 1] = (byte) text.charAt(index);
        }
        bytes[0] = '"';
        bytes[length + 1] = '"';
        return new EncodedValue(false, bytes, 0, bytes.length);
    }

    static boolean isSimple(String text) {
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character >= Byte.MAX_VALUE || !isSimple((byte) character)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSimple(byte[] bytes, int begin, int end) {
        for (int index = begin; index < end; index++) {
            if (!isSimple(bytes[index])) {
                return false;
            }
        }
        return true;
    }

    /** Bytes of more than ASCII are negative. */
    static boolean isSimple(byte letter) {
        return letter >= ' ' && letter != '"' && letter != '\\' && letter != Byte.MAX_VALUE;
    }
}
