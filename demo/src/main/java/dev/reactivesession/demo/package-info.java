/** A WebFlux application that shows every store. */
@NullMarked
package dev.reactivesession.demo;

import org.jspecify.annotations.NullMarked;
