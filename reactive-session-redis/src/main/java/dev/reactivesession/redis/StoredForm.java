package dev.reactivesession.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One string: a header line that a person and a script can read, then the payload.
 *
 * <pre>
 * rs1 v=0000000000000000007 a=001767225600000 e=001767227400000 c=001767225600000 i=000000001800000 w=9f86d081884c7d65 u=0005 p=0043 alice 3q2-7w...
 * </pre>
 *
 * All fields up to {@code p} have a fixed width, so a touch overwrites the two times in place. The scripts know the same offsets.
 */
final class StoredForm {

    static final String FORMAT = "rs1";

    /** What lies under the id of a session that was ended before it was written. */
    static final String ENDED = FORMAT + " ended";

    static final int VERSION_AT = 6;

    static final int VERSION_DIGITS = 19;

    static final int ACCESSED_AT = 28;

    static final int EXPIRES_AT = 46;

    static final int TIME_DIGITS = 15;

    static final int PRINCIPAL_LENGTH_AT = 119;

    static final int LENGTH_DIGITS = 4;

    /** Up to the last field of fixed width. */
    static final int FIXED = 130;

    private static final int CREATED_AT = 64;

    private static final int IDLE_AT = 82;

    private static final int PROOF_LENGTH_AT = 126;

    private static final String NO_PRINCIPAL = "----";

    private static final long EARLIEST = -99_999_999_999_999L;

    private static final long LATEST = 999_999_999_999_999L;

    private StoredForm() {}

    /**
     * Writes a record.
     *
     * @param record what to store
     * @param write a number that no other write has: by it a script knows a command that the driver sent twice
     */
    static ByteBuffer write(SessionRecord record, long write) {
        byte[] principal = principal(record.principal());
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
                .flip();
    }

    /**
     * Reads a record.
     *
     * @return the record; empty when what lies there says that the session was ended
     */
    static Optional<SessionRecord> read(SessionId id, ByteBuffer stored) {
        byte[] bytes = bytes(stored);
        if (Arrays.equals(bytes, ENDED.getBytes(ISO_8859_1))) {
            return Optional.empty();
        }
        if (bytes.length < FIXED || !new String(bytes, 0, VERSION_AT, ISO_8859_1).equals(FORMAT + " v=")) {
            throw unreadable(id, null);
        }
        try {
            return Optional.of(record(id, bytes));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw unreadable(id, e);
        }
    }

    static byte[] principal(@Nullable String principal) {
        return principal == null ? new byte[0] : principal.getBytes(UTF_8);
    }

    static String digits(long number, int width) {
        String digits = Long.toString(Math.abs(number));
        String sign = number < 0 ? "-" : "";
        return sign + "0".repeat(width - sign.length() - digits.length()) + digits;
    }

    private static String fixed(SessionRecord record, long write, int principal, int proof) {
        return FORMAT + " v=" + digits(record.version(), VERSION_DIGITS)
                + " a=" + time(record.lastAccessedAt())
                + " e=" + time(record.expiresAt())
                + " c=" + time(record.createdAt())
                + " i=" + digits(record.idleTimeout().toMillis(), TIME_DIGITS)
                + " w=" + HexFormat.of().toHexDigits(write)
                + " u=" + (record.principal() == null ? NO_PRINCIPAL : digits(principal, LENGTH_DIGITS))
                + " p=" + digits(proof, LENGTH_DIGITS);
    }

    static String time(Instant time) {
        long millis = time.toEpochMilli();
        if (millis < EARLIEST || millis > LATEST) {
            throw new SessionException.NotStorable(
                    "the time " + time + " is too far from the present to be stored in Redis", null);
        }
        return digits(millis, TIME_DIGITS);
    }

    private static byte[] bytes(ByteBuffer stored) {
        if (stored.hasArray() && stored.arrayOffset() == 0 && stored.remaining() == stored.array().length) {
            return stored.array();
        }
        byte[] bytes = new byte[stored.remaining()];
        stored.duplicate().get(bytes);
        return bytes;
    }

    private static SessionRecord record(SessionId id, byte[] bytes) {
        String header = new String(bytes, 0, FIXED, ISO_8859_1);
        String length = header.substring(PRINCIPAL_LENGTH_AT, PRINCIPAL_LENGTH_AT + LENGTH_DIGITS);
        boolean anonymous = length.equals(NO_PRINCIPAL);
        int principal = anonymous ? 0 : Integer.parseInt(length);
        int proof = (int) number(header, PROOF_LENGTH_AT, LENGTH_DIGITS);
        int proofAt = FIXED + 1 + principal + 1;
        int payloadAt = proofAt + proof + 1;
        return new SessionRecord(
                id,
                Base64.getUrlDecoder().decode(Arrays.copyOfRange(bytes, proofAt, proofAt + proof)),
                number(header, VERSION_AT, VERSION_DIGITS),
                Instant.ofEpochMilli(number(header, CREATED_AT, TIME_DIGITS)),
                Instant.ofEpochMilli(number(header, ACCESSED_AT, TIME_DIGITS)),
                Duration.ofMillis(number(header, IDLE_AT, TIME_DIGITS)),
                Instant.ofEpochMilli(number(header, EXPIRES_AT, TIME_DIGITS)),
                anonymous ? null : new String(bytes, FIXED + 1, principal, UTF_8),
                Arrays.copyOfRange(bytes, payloadAt, bytes.length));
    }

    private static long number(String header, int at, int width) {
        return Long.parseLong(header, at, at + width, 10);
    }

    private static SessionException.Unreadable unreadable(SessionId id, @Nullable Throwable cause) {
        return new SessionException.Unreadable(
                "what lies in Redis under the key of session " + id + " is not a record in the format " + FORMAT,
                cause);
    }
}
