package dev.reactivesession.engine;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where one life of a session stands. */
sealed interface Life {

    /**
     * It is not stored yet.
     *
     * @param createdAt when it began
     * @param id its id, once somebody asked for it
     * @param attempted the record that was sent to the store without an answer, or null
     */
    record Fresh(
            Instant createdAt,
            @Nullable SessionId id,
            @Nullable SessionRecord attempted) implements Life {}

    /**
     * It is stored.
     *
     * @param record as it was loaded or saved
     * @param renewalDue whether the token has reached the age of renewal
     */
    record Stored(SessionRecord record, boolean renewalDue) implements Life {}

    /**
     * Another request replaced its token while this one ran: this one sees nothing of what came after, and stores
     * nothing more.
     *
     * @param record as it was before
     */
    record Replaced(SessionRecord record) implements Life {}
}
