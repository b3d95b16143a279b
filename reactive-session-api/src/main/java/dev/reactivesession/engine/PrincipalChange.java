package dev.reactivesession.engine;

import org.jspecify.annotations.Nullable;

/**
 * A session was given to another user, or taken from one.
 *
 * @param to the user, or null for none
 * @param actor who acts as that user, or null for the user
 */
record PrincipalChange(@Nullable String to, @Nullable String actor) {}
