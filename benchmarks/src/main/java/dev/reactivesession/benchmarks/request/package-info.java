/** The side-by-side run: one application of each candidate, the same requests, one table. */
@NullMarked
package dev.reactivesession.benchmarks.request;

import org.jspecify.annotations.NullMarked;
