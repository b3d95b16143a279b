/** The parts of a request by themselves, each beside the least that physics asks for. */
@NullMarked
package dev.reactivesession.benchmarks.part;

import org.jspecify.annotations.NullMarked;
