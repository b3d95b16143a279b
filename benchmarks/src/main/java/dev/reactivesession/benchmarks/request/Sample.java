package dev.reactivesession.benchmarks.request;

/**
 * One stretch of load on one candidate.
 *
 * @param requestsPerSecond throughput
 * @param cpuMicros time on the processor of the server process, for each request
 * @param allocatedBytes what the server process allocated, for each request
 * @param median microseconds within which half of the answers came
 * @param slow microseconds within which 99 of 100 came
 * @param failures answers other than 200
 */
record Sample(
        double requestsPerSecond, double cpuMicros, double allocatedBytes, double median, double slow, int failures) {}
