package dev.reactivesession.store;

/**
 * The name of one write. A record remembers the names of the last writes it contains, so that a write whose answer was
 * lost is recognised and not applied again.
 *
 * @param value 64 random bits
 */
public record WriteName(long value) {

    /** The number of names that a record remembers: a write is recognised until so many others were saved after it. */
    public static final int REMEMBERED = 16;

    @Override
    public String toString() {
        return Long.toHexString(value);
    }
}
