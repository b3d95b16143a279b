package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A record in the binary form that PostgreSQL gives a row: how many columns there are, and of each its type, its length
 * and its bytes.
 */
final class PackedRecord {

    private static final int COLUMNS = 9;

    private static final int NULL = -1;

    /** PostgreSQL counts from the beginning of the year 2000. */
    private static final long EPOCH_SECONDS =
            Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();

    private static final long MICROS = TimeUnit.SECONDS.toMicros(1);

    private final ByteBuffer row;

    private PackedRecord(ByteBuffer row) {
        this.row = row;
    }

    static SessionRecord record(byte[] row) {
        try {
            return new PackedRecord(ByteBuffer.wrap(row)).record();
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new SessionException.Unreadable("a row is not a session: it ends too early", e);
        }
    }

    private SessionRecord record() {
        int columns = row.getInt();
        if (columns != COLUMNS) {
            throw new SessionException.Unreadable("a row is not a session: it has " + columns + " columns", null);
        }
        return new SessionRecord(
                id(),
                bytes("proof"),
                number("version"),
                instant("created_at"),
                instant("accessed_at"),
                Duration.ofMillis(number("idle_ms")),
                instant("expires_at"),
                principal(),
                bytes("payload"));
    }

    private SessionId id() {
        present("id");
        return new SessionId(row.getLong(), row.getLong());
    }

    private long number(String column) {
        present(column);
        return row.getLong();
    }

    private Instant instant(String column) {
        long micros = number(column);
        return Instant.ofEpochSecond(
                EPOCH_SECONDS + Math.floorDiv(micros, MICROS),
                TimeUnit.MICROSECONDS.toNanos(Math.floorMod(micros, MICROS)));
    }

    private byte[] bytes(String column) {
        return bytes(present(column));
    }

    private @Nullable String principal() {
        int length = length();
        return length == NULL ? null : new String(bytes(length), StandardCharsets.UTF_8);
    }

    private byte[] bytes(int length) {
        if (length > row.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        row.get(bytes);
        return bytes;
    }

    private int present(String column) {
        int length = length();
        if (length == NULL) {
            throw new SessionException.Unreadable("a row is not a session: its " + column + " is null", null);
        }
        return length;
    }

    /** The type before it is known. */
    private int length() {
        row.getInt();
        return row.getInt();
    }
}
