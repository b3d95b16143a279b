package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Tells the nodes which sessions have changed, so that none serves a copy from before. May lose messages: the maximum
 * age of a copy is the bound then. Nothing happens before subscription.
 */
public interface Invalidations {

    /**
     * Tells every other node. Telling this one too does no harm.
     *
     * @param id the session that was saved, touched or removed
     * @return completes when the message is on its way; an error is not passed on to the caller of the store
     */
    Mono<Void> publish(SessionId id);

    /**
     * Listens to the other nodes.
     *
     * @return a stream of changed sessions that ends only in error; a new subscription begins again.
     *     Cancelling frees the connection
     */
    Flux<SessionId> received();
}
