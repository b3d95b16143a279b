package dev.reactivesession.store.lanes;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of one operation of a batch.
 *
 * @param <R> its result
 */
public sealed interface Outcome<R> {

    /**
     * The operation was done.
     *
     * @param value its result, or null for none
     * @param <R> its result
     */
    record Answer<R>(@Nullable R value) implements Outcome<R> {}

    /**
     * The operation failed, and its neighbours did not.
     *
     * @param error why
     * @param <R> its result
     */
    record Failure<R>(Throwable error) implements Outcome<R> {}

    /**
     * Somebody else holds a lock that the operation needs. Nothing was done, and it goes again after a pause.
     *
     * @param <R> its result
     */
    record Held<R>() implements Outcome<R> {}
}
