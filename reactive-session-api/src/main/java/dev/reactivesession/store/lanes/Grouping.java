package dev.reactivesession.store.lanes;

import org.jspecify.annotations.Nullable;

/**
 * Says which operations may go together.
 *
 * @param <Q> an operation
 */
public interface Grouping<Q> {

    /**
     * Only operations of one kind share a batch.
     *
     * @param operation which
     * @return its kind, with {@code equals} and {@code hashCode}; of few different ones
     */
    Object kind(Q operation);

    /**
     * Operations on one key go one after another.
     *
     * @param operation which
     * @return its key, with {@code equals} and {@code hashCode}; null when it does not matter
     */
    @Nullable
    Object key(Q operation);

    /**
     * Its share of the weight that a batch may have.
     *
     * @param operation which
     * @return usually its size in bytes
     */
    int weight(Q operation);
}
