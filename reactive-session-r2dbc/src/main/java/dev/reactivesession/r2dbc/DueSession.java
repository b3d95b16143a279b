package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionId;
import io.r2dbc.spi.Row;
import java.util.UUID;

/**
 * A row that the sweep has to look at.
 *
 * @param id of which session
 * @param place where it lay
 * @param alive whether it was extended since the sweep looked last
 */
record DueSession(SessionId id, String place, boolean alive) {

    static DueSession of(Row row) {
        return new DueSession(
                RecordRows.id(RecordRows.column(row, 0, UUID.class)),
                RecordRows.column(row, 1, String.class),
                RecordRows.column(row, 2, Boolean.class));
    }
}
