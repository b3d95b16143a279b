package dev.reactivesession.store.lanes;

import java.util.function.IntUnaryOperator;

/**
 * The bounds of batches, and of the operations that may wait for them.
 *
 * @param batch the most operations in a batch
 * @param weight the most that a batch may weigh; an operation that weighs more goes alone
 * @param queue the most operations that may wait
 * @param busy how many lanes may be busy, by the number of operations that wait or are under way
 */
public record LaneBounds(int batch, int weight, int queue, IntUnaryOperator busy) {}
