package dev.reactivesession.benchmarks.request;

/**
 * What one request costs a store. Steady from run to run.
 *
 * @param commands commands or statements that cross the network
 * @param bytes bytes that do, in both directions
 */
record Cost(double commands, double bytes) {

    static final Cost NONE = new Cost(0, 0);
}
