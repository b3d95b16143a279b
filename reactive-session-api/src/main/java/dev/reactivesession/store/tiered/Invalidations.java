package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Tells the nodes which sessions have changed, so that each drops its own copy. May lose messages: the maximum age of a copy bounds what
 * that costs. Nothing happens before subscription.
 */
public interface Invalidations {

    /**
     * Tells every other node; telling the own one too does no harm.
     *
     * @param id the session that was saved, touched or removed
     * @return completes when the message is on its way; an error is not passed on to the caller of the store
     */
    Mono<Void> publish(SessionId id);

    /**
     * What other nodes tell.
     *
     * @return a stream that ends only in error; a new subscription begins again. Cancelling frees the connection
     */
    Flux<SessionId> received();
}
