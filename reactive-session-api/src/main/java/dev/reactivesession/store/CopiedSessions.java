package dev.reactivesession.store;

import dev.reactivesession.SessionId;
import reactor.core.publisher.Mono;

/**
 * The optional power of a store that answers {@link SessionStore#find} from copies: to ask the durable store itself. A
 * copy may only say yes, so nobody is refused before this was asked. Start, errors, cancel and concurrency are those of
 * {@link SessionStore}.
 */
public interface CopiedSessions {

    /**
     * Reads a record from the durable store, and replaces a copy that is older.
     *
     * @param id which
     * @return the record; empty when it is absent there
     */
    Mono<SessionRecord> findDurable(SessionId id);
}
