package dev.reactivesession.r2dbc;

import io.r2dbc.spi.Row;

/**
 * The rows that a step of a sweep has read.
 *
 * @param expired to be named
 * @param alive extended since the sweep looked last, so to be looked at later
 */
record DueStep(PackedRows expired, PackedRows alive) {

    static DueStep of(Row row) {
        return new DueStep(PackedRows.of(row, 0), PackedRows.of(row, 1));
    }

    int size() {
        return expired.locatedCount() + alive.locatedCount();
    }
}
