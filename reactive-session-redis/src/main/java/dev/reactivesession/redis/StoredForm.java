package dev.reactivesession.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One string: a header line that a person and a script can read, then the payload.
 *
 * <pre>
 * rs1 v=0000000000000000007 a=001767225600000 e=001767227400000 c=001767225600000 i=000000001800000
 *     w=9f86d081884c7d65 u=0005 p=0043 alice 3q2-7w...
 * </pre>
 *
 * The header is one line; all fields up to {@code p} have a fixed width, so a touch overwrites the two times in place.
 * The scripts are given the same {@link Field fields}.
 */
final class StoredForm {

    static final String FORMAT = "rs1";

    /** The mark under the id of a session that was ended before it was written. */
    static final String ENDED = FORMAT + " ended";

    static final Field VERSION = new Field("v", FORMAT.length(), 19);

    static final Field ACCESSED = VERSION.then("a", 15);

    static final Field EXPIRES = ACCESSED.then("e", 15);

    private static final Field CREATED = EXPIRES.then("c", 15);

    static final Field IDLE = CREATED.then("i", 15);

    static final Field WRITE = IDLE.then("w", 16);

    static final Field PRINCIPAL_LENGTH = WRITE.then("u", 4);

    private static final Field PROOF_LENGTH = PRINCIPAL_LENGTH.then("p", 4);

    /** Up to the last field of fixed width. */
    static final int FIXED = PROOF_LENGTH.end();

    private static final int LARGEST_PRINCIPAL = 9999;

    private static final String NO_PRINCIPAL = "----";

    private static final Instant EARLIEST = Instant.ofEpochMilli(-99_999_999_999_999L);

    private static final Instant LATEST = Instant.ofEpochMilli(999_999_999_999_999L);

    private StoredForm() {}

    /**
     * Writes a record.
     *
     * @param record the record
     * @param write a number that no other write has: by it a script knows a command that the driver sent twice
     * @throws SessionException when the record cannot be stored in Redis
     */
    static byte[] write(SessionRecord record, long write) {
        byte[] principal = record.principal() == null ? new byte[0] : principal(record.principal());
        byte[] proof = Base64.getUrlEncoder().withoutPadding().encode(record.proof());
        byte[] payload = record.payload();
        return ByteBuffer.allocate(FIXED + principal.length + proof.length + payload.length + 3)
                .put(fixed(record, write, principal.length, proof.length).getBytes(ISO_8859_1))
                .put((byte) ' ')
                .put(principal)
                .put((byte) ' ')
                .put(proof)
                .put((byte) '\n')
                .put(payload)
                .array();
    }

    /**
     * Reads a record.
     *
     * @return the record; empty when the session was ended before it was written
     * @throws UnknownFormat when another version of this library wrote it
     */
    static Optional<SessionRecord> read(SessionId id, byte[] bytes) throws UnknownFormat {
        if (Arrays.equals(bytes, ENDED.getBytes(ISO_8859_1))) {
            return Optional.empty();
        }
        if (bytes.length < FIXED || !starts(bytes).equals(FORMAT + VERSION.label())) {
            UnknownFormat.throwIfSo(starts(bytes));
            throw unreadable(id, null);
        }
        try {
            return Optional.of(record(id, bytes));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw unreadable(id, e);
        }
    }

    /**
     * A user name in bytes.
     *
     * @throws SessionException when it is too long, or would not come back as it is
     */
    static byte[] principal(String principal) {
        byte[] bytes = utf8(principal);
        if (bytes.length > LARGEST_PRINCIPAL) {
            throw new SessionException.TooLarge(
                    "the principal takes " + bytes.length + " bytes, more than the " + LARGEST_PRINCIPAL
                            + " that a record in Redis has room for",
                    Map.of());
        }
        return bytes;
    }

    static String version(long version) {
        return digits(version, VERSION.length());
    }

    static String time(Instant time) {
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new SessionException.NotStorable(
                    "the time " + time + " is too far from the present to be stored in Redis", null);
        }
        return digits(time.toEpochMilli(), EXPIRES.length());
    }

    private static byte[] utf8(String text) {
        try {
            ByteBuffer encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new SessionException.NotStorable(
                    "the principal has half of a surrogate pair in it, which UTF-8 cannot hold", e);
        }
    }

    private static String digits(long number, int width) {
        String digits = Long.toString(Math.abs(number));
        String sign = number < 0 ? "-" : "";
        return sign + "0".repeat(width - sign.length() - digits.length()) + digits;
    }

    private static String fixed(SessionRecord record, long write, int principal, int proof) {
        return FORMAT
                + VERSION.label()
                + version(record.version())
                + ACCESSED.label()
                + time(record.lastAccessedAt())
                + EXPIRES.label()
                + time(record.expiresAt())
                + CREATED.label()
                + time(record.createdAt())
                + IDLE.label()
                + digits(record.idleTimeout().toMillis(), IDLE.length())
                + WRITE.label()
                + HexFormat.of().toHexDigits(write)
                + PRINCIPAL_LENGTH.label()
                + principalLength(record, principal)
                + PROOF_LENGTH.label()
                + digits(proof, PROOF_LENGTH.length());
    }

    private static String principalLength(SessionRecord record, int length) {
        return record.principal() == null ? NO_PRINCIPAL : digits(length, PRINCIPAL_LENGTH.length());
    }

    private static String starts(byte[] bytes) {
        return new String(bytes, 0, Math.min(VERSION.at(), bytes.length), ISO_8859_1);
    }

    private static SessionRecord record(SessionId id, byte[] bytes) {
        String header = new String(bytes, 0, FIXED, ISO_8859_1);
        boolean anonymous = PRINCIPAL_LENGTH.text(header).equals(NO_PRINCIPAL);
        int principal = anonymous ? 0 : (int) PRINCIPAL_LENGTH.number(header);
        int proof = (int) PROOF_LENGTH.number(header);
        int proofAt = FIXED + 1 + principal + 1;
        int payloadAt = proofAt + proof + 1;
        return new SessionRecord(
                id,
                Base64.getUrlDecoder().decode(Arrays.copyOfRange(bytes, proofAt, proofAt + proof)),
                VERSION.number(header),
                Instant.ofEpochMilli(CREATED.number(header)),
                Instant.ofEpochMilli(ACCESSED.number(header)),
                Duration.ofMillis(IDLE.number(header)),
                Instant.ofEpochMilli(EXPIRES.number(header)),
                anonymous ? null : new String(bytes, FIXED + 1, principal, UTF_8),
                Arrays.copyOfRange(bytes, payloadAt, bytes.length));
    }

    private static SessionException.Unreadable unreadable(SessionId id, @Nullable Throwable cause) {
        return new SessionException.Unreadable(
                "what lies in Redis under the key of session " + id + " is not a record in the format " + FORMAT,
                cause);
    }

    /**
     * A field of fixed width in the header, after a blank, its name and {@code =}.
     *
     * @param name one letter
     * @param after where the field before it ends
     * @param length its width
     */
    record Field(String name, int after, int length) {

        Field then(String next, int width) {
            return new Field(next, end(), width);
        }

        String label() {
            return " " + name + "=";
        }

        /** Its first byte, counted from zero. */
        int at() {
            return after + label().length();
        }

        int end() {
            return at() + length;
        }

        String text(String header) {
            return header.substring(at(), end());
        }

        long number(String header) {
            return Long.parseLong(header, at(), end(), 10);
        }
    }

    /** A record whose header begins as that of another version of this library. */
    static final class UnknownFormat extends Exception {

        private static final long serialVersionUID = 1L;

        private UnknownFormat(String format) {
            super(format, null, false, false);
        }

        /** Which. */
        String format() {
            return String.valueOf(getMessage());
        }

        private static void throwIfSo(String start) throws UnknownFormat {
            String format = start.substring(0, Math.max(0, start.indexOf(' ')));
            if (format.matches("rs\\d+") && !format.equals(FORMAT)) {
                throw new UnknownFormat(format);
            }
        }
    }
}
