package dev.reactivesession.test;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import org.jspecify.annotations.Nullable;

/**
 * One subscription to an operation of a store.
 *
 * @param operation which operation
 * @param id the session it is about, or null where it is about several
 * @param record the record to store, or null where it stores none
 */
public record StoreCall(
        StoreOperation operation,
        @Nullable SessionId id,
        @Nullable SessionRecord record) {

    private static final int DIGITS_SHOWN = 8;

    static StoreCall of(StoreOperation operation, @Nullable Object first) {
        if (first instanceof SessionRecord record) {
            return new StoreCall(operation, record.id(), record);
        }
        return new StoreCall(operation, first instanceof SessionId id ? id : null, null);
    }

    /** Names the operation and the beginning of the id: enough to tell a few sessions apart. */
    @Override
    public String toString() {
        String version = record == null ? "" : " to version " + record.version();
        return id == null
                ? operation.toString()
                : operation + " " + id.toString().substring(0, DIGITS_SHOWN) + version;
    }
}
