package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionId;
import io.r2dbc.spi.Row;
import java.nio.ByteBuffer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Many rows in one value, which is null for none: sixteen bytes for an id, and six more where its place goes with it.
 */
final class PackedRows {

    private static final int LOCATED = SessionId.BYTES + Integer.BYTES + Short.BYTES;

    private final byte[] bytes;

    private PackedRows(byte[] bytes) {
        this.bytes = bytes;
    }

    static PackedRows of(Row row, int column) {
        byte @Nullable [] bytes = row.get(column, byte[].class);
        return new PackedRows(bytes == null ? new byte[0] : bytes);
    }

    Stream<SessionId> ids() {
        return each(SessionId.BYTES, PackedRows::id);
    }

    Stream<LocatedId> locatedIds() {
        return each(LOCATED, PackedRows::locatedId);
    }

    int locatedCount() {
        return bytes.length / LOCATED;
    }

    private <T> Stream<T> each(int size, Function<ByteBuffer, T> reading) {
        return IntStream.range(0, bytes.length / size)
                .mapToObj(number -> reading.apply(ByteBuffer.wrap(bytes, number * size, size)));
    }

    private static SessionId id(ByteBuffer buffer) {
        return new SessionId(buffer.getLong(), buffer.getLong());
    }

    private static LocatedId locatedId(ByteBuffer buffer) {
        return new LocatedId(id(buffer), new RowLocation(buffer.getInt(), buffer.getShort()));
    }
}
