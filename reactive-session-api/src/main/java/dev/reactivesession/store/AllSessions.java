package dev.reactivesession.store;

import reactor.core.publisher.Mono;

/**
 * The optional power to end every session at once. Start, errors, cancel and concurrency are those of {@link
 * SessionStore}.
 */
public interface AllSessions {

    /**
     * Removes every record whose insert completed before this call began.
     *
     * @return how many were removed (10.1)
     */
    Mono<Long> deleteAll();
}
