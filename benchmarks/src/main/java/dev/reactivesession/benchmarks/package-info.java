/** Measurements of the stores and of a whole request. */
@NullMarked
package dev.reactivesession.benchmarks;

import org.jspecify.annotations.NullMarked;
