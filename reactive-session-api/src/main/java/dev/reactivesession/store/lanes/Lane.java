package dev.reactivesession.store.lanes;

import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Carries batches to the store and back, one at a time: usually a connection.
 *
 * @param <Q> an operation
 * @param <R> its result
 */
public interface Lane<Q, R> {

    /**
     * Carries a batch. Begins on subscription, and must end by itself, within a bound of time. An error means that the
     * attempt failed as a whole:
     * each operation of the batch ends with it. Never called while an earlier call is under way.
     *
     * @param batch operations of one kind, of different keys
     * @return one outcome for each, in the same order
     */
    Mono<List<Outcome<R>>> carry(List<Q> batch);
}
