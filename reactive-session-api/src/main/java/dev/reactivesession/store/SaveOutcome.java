package dev.reactivesession.store;

import dev.reactivesession.SessionToken;
import org.jspecify.annotations.Nullable;

/** What came of a save. */
public sealed interface SaveOutcome {

    /**
     * It is stored.
     *
     * @param record as it is now
     * @param token what the client must hold from now on, or null when the one it has stays good
     */
    record Saved(SessionRecord record, @Nullable SessionToken token) implements SaveOutcome {}

    /**
     * Somebody saved first; nothing was stored.
     *
     * @param current as it is now
     */
    record Moved(SessionRecord current) implements SaveOutcome {}

    /** The session is not there any more; nothing was stored. */
    record Gone() implements SaveOutcome {}
}
