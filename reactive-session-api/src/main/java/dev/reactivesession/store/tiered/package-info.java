/**
 * A fast store in front of a durable one. Within the package, the store asks {@code ReadThrough} and {@code
 * WriteThrough}; both ask {@code DurableStore} and {@code Copies}, and {@code Copies} the guarded cache.
 */
@NullMarked
package dev.reactivesession.store.tiered;

import org.jspecify.annotations.NullMarked;
