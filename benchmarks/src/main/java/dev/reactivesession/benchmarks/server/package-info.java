/** Real servers on the loopback, started and stopped by whoever measures. */
@NullMarked
package dev.reactivesession.benchmarks.server;

import org.jspecify.annotations.NullMarked;
