package dev.reactivesession;

import org.jspecify.annotations.Nullable;

/**
 * Where a session is used from.
 *
 * @param created where it began
 * @param loggedIn where its user logged in; null as long as nobody has
 * @param lastUsed where it was used last, to within the touch interval
 */
public record SessionOrigins(
        SessionOrigin created, @Nullable SessionOrigin loggedIn, SessionOrigin lastUsed) {}
