/**
 * Moves sessions from one store to another while both are in use. Within the package, the store and its powers ask
 * {@code Passage} where a session lies; {@code Marks} tells records that are on their way from sessions.
 */
@NullMarked
package dev.reactivesession.store.moving;

import org.jspecify.annotations.NullMarked;
