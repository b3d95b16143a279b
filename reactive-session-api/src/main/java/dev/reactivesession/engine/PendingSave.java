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
 * @param order the changes
 * @param doubted how many of its parts, the first ones, were sent before without an answer
 */
record PendingSave(
        SessionCopy copy,
        @Nullable SessionRecord base,
        Map<String, EncodedValue> stored,
        SaveOrder order,
        int doubted) {

    PendingSave with(SaveOrder other) {
        return new PendingSave(copy, base, stored, other, doubted);
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
