/** The demo over real HTTP, on every store. */
@NullMarked
package dev.reactivesession.demo;

import org.jspecify.annotations.NullMarked;
