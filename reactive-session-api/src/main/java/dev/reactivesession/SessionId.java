package dev.reactivesession;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The public, stable handle of a session: 128 random bits. It opens nothing, so it is safe to log, to list and to
 * use as a store key. Its text form is 32 lower-case hexadecimal digits, which PostgreSQL reads as a {@code uuid}.
 *
 * @param high the first eight bytes
 * @param low the last eight bytes
 */
public record SessionId(long high, long low) {

    /** The number of bytes of an id. */
    public static final int BYTES = 16;

    private static final int DIGITS = 2 * BYTES;

    /**
     * Reads an id from its sixteen bytes.
     *
     * @param bytes exactly {@link #BYTES} bytes
     * @return the id
     */
    public static SessionId of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a session id has " + BYTES + " bytes, not " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new SessionId(buffer.getLong(), buffer.getLong());
    }

    /**
     * Reads an id from its text form.
     *
     * @param text any text, for example a path variable
     * @return the id, or empty when the text is not 32 lower-case hexadecimal digits
     */
    public static Optional<SessionId> parse(String text) {
        if (text.length() != DIGITS || !text.chars().allMatch(SessionId::isDigit)) {
            return Optional.empty();
        }
        int middle = DIGITS / 2;
        return Optional.of(new SessionId(
                HexFormat.fromHexDigitsToLong(text, 0, middle), HexFormat.fromHexDigitsToLong(text, middle, DIGITS)));
    }

    private static boolean isDigit(int character) {
        return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'f');
    }

    /**
     * Writes the id as its sixteen bytes.
     *
     * @return a new array of {@link #BYTES} bytes
     */
    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    /** Writes the id as 32 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high).concat(hex.toHexDigits(low));
    }
}
