package dev.reactivesession.benchmarks.request.app;

/**
 * Where the servers are, on the loopback.
 *
 * @param redis a port, or 0
 * @param postgresql a port, or 0
 */
record Places(int redis, int postgresql) {}
