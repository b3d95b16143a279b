/**
 * The kit: what every store must keep, as tests that a store joins by extending them, and the tools to test what
 * stands on a store.
 */
@NullMarked
package dev.reactivesession.test;

import org.jspecify.annotations.NullMarked;
