package dev.reactivesession.r2dbc;

import static dev.reactivesession.r2dbc.RecordRows.column;

import dev.reactivesession.store.SessionRecord;
import io.r2dbc.spi.Row;
import java.time.Duration;
import java.time.Instant;

/** A record in the columns of a row, in the order of {@link WireForm#COLUMNS}. */
final class SeparateColumns {

    private SeparateColumns() {}

    static SessionRecord record(Row row) {
        return new SessionRecord(
                RecordRows.id(row),
                column(row, 1, byte[].class),
                column(row, 2, Long.class),
                column(row, 3, Instant.class),
                column(row, 4, Instant.class),
                Duration.ofMillis(column(row, 5, Long.class)),
                column(row, 6, Instant.class),
                row.get(7, String.class),
                column(row, 8, byte[].class));
    }
}
