package dev.reactivesession.benchmarks.request.driver;

import java.util.Arrays;

/**
 * What came of one stretch of load.
 *
 * @param requests how many were answered
 * @param failures how many of them not with 200
 * @param nanos how long it took
 * @param sent bytes to the server
 * @param received bytes from the server
 * @param median nanoseconds within which half of the answers came
 * @param slow nanoseconds within which 99 of 100 came
 */
record Result(int requests, int failures, long nanos, long sent, long received, long median, long slow) {

    static Result of(int failures, long nanos, long sent, long received, long... latencies) {
        long[] sorted = latencies.clone();
        Arrays.sort(sorted);
        return new Result(
                sorted.length, failures, nanos, sent, received, percentile(50, sorted), percentile(99, sorted));
    }

    private static long percentile(int percent, long... sorted) {
        return sorted.length == 0 ? 0 : sorted[(int) ((sorted.length - 1) * (long) percent / 100)];
    }

    /** Numbers. */
    @Override
    public String toString() {
        return requests + " " + failures + " " + nanos + " " + sent + " " + received + " " + median + " " + slow;
    }
}
