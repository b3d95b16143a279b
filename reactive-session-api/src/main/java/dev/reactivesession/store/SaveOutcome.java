package dev.reactivesession.store;

import dev.reactivesession.SessionToken;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The outcome of a save. */
public sealed interface SaveOutcome {

    /**
     * It is stored.
     *
     * @param record as it is now
     * @param token the token that the client must hold from now on, or null when the one it has stays good
     */
    record Saved(SessionRecord record, @Nullable SessionToken token) implements SaveOutcome {}

    /**
     * Another version is there; this call stored nothing, or stored it and lost the answer.
     *
     * @param current as it is now
     * @param contains the names among those asked for that it contains: those writes are stored already
     * @param replaced whether another request rotated the token since the record that this save is based on
     * @param token the token that this call issued, where it is the current one; or null
     */
    record Moved(
            SessionRecord current,
            Set<WriteName> contains,
            boolean replaced,
            @Nullable SessionToken token) implements SaveOutcome {}

    /** The session is not there any more; nothing was stored. */
    record Gone() implements SaveOutcome {}
}
