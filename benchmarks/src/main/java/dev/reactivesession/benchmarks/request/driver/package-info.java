/** The load: a client that costs little and waits for nothing longer than its bound. */
@NullMarked
package dev.reactivesession.benchmarks.request.driver;

import org.jspecify.annotations.NullMarked;
