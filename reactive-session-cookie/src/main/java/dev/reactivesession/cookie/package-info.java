/** Sessions sealed in an encrypted cookie. */
@NullMarked
package dev.reactivesession.cookie;

import org.jspecify.annotations.NullMarked;
