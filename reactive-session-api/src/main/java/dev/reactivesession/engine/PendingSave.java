package dev.reactivesession.engine;

import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.store.SessionRecord;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One save: what it is to store, and on what it is based.
 *
 * @param copy the copy it was taken from
 * @param base the record as loaded, or null when there is none yet
 * @param stored the attributes of that record
 * @param taken the changes as they were taken
 * @param order the changes that are left to store
 */
record PendingSave(
        SessionCopy copy,
        @Nullable SessionRecord base,
        Map<String, EncodedValue> stored,
        SessionCopy.Taken taken,
        SaveOrder order) {

    static PendingSave of(SessionCopy copy, SessionCopy.Taken taken) {
        return new PendingSave(copy, copy.record(), copy.attributes().stored(), taken, taken.order());
    }

    PendingSave with(SaveOrder other) {
        return new PendingSave(copy, base, stored, taken, other);
    }

    /** Whether two requests gave the session to different users. */
    boolean isPrincipalConflict(SessionRecord current) {
        PrincipalChange change = order.principalChange();
        if (change == null || base == null) {
            return false;
        }
        String there = current.principal();
        return !Objects.equals(there, base.principal()) && !Objects.equals(there, change.to());
    }
}
