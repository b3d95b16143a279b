/**
 * The classes an application meets: the {@link dev.reactivesession.Session} of one exchange, the
 * {@link dev.reactivesession.Sessions} outside of any exchange, their limits, events and errors.
 */
@NullMarked
package dev.reactivesession;

import org.jspecify.annotations.NullMarked;
