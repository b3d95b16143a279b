/** A fast store in front of a durable one: reads come from the fast one, and no guarantee of the durable one is weakened. */
@NullMarked
package dev.reactivesession.store.tiered;

import org.jspecify.annotations.NullMarked;
