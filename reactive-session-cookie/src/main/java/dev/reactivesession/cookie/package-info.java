/** Sealed sessions: the token is the record itself, encrypted. */
@NullMarked
package dev.reactivesession.cookie;

import org.jspecify.annotations.NullMarked;
