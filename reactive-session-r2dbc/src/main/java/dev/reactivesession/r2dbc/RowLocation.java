package dev.reactivesession.r2dbc;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * The place of a row in the heap of PostgreSQL, its {@code ctid}.
 *
 * @param page the number of the page
 * @param item the number of the row in it
 */
record RowLocation(int page, short item) {

    static RowLocation startOfPage(long page) {
        return new RowLocation((int) page, (short) 0);
    }

    /** An array of tid in its text form; no driver knows the type. */
    static String array(Collection<RowLocation> locations) {
        return locations.stream().map(RowLocation::toString).collect(Collectors.joining("\",\"", "{\"", "\"}"));
    }

    @Override
    public String toString() {
        return "(" + Integer.toUnsignedString(page) + "," + Short.toUnsignedInt(item) + ")";
    }
}
