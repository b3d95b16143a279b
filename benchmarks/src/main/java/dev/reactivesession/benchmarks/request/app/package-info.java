/** The application that is measured: the same endpoints over each kind of session. */
@NullMarked
package dev.reactivesession.benchmarks.request.app;

import org.jspecify.annotations.NullMarked;
