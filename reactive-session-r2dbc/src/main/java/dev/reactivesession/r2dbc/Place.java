package dev.reactivesession.r2dbc;

import java.util.Collection;
import java.util.stream.Collectors;

/** Where a row lies in the heap of PostgreSQL: the number of its page, and which it is there. */
record Place(int page, short item) {

    static Place startOfPage(long page) {
        return new Place((int) page, (short) 0);
    }

    /** In the text form of an array of tid, which no driver knows as a type. */
    static String array(Collection<Place> places) {
        return places.stream().map(Place::toString).collect(Collectors.joining("\",\"", "{\"", "\"}"));
    }

    @Override
    public String toString() {
        return "(" + Integer.toUnsignedString(page) + "," + Short.toUnsignedInt(item) + ")";
    }
}
