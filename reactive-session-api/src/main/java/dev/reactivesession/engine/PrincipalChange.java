package dev.reactivesession.engine;

import org.jspecify.annotations.Nullable;

/**
 * A session was given to another user, or taken from one.
 *
 * @param to the user, or null for none
 */
record PrincipalChange(@Nullable String to) {}
