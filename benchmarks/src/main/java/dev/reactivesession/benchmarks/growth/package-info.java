/** What one operation and one session cost when few and when many are stored. */
@NullMarked
package dev.reactivesession.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
