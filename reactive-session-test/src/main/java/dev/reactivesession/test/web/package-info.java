/**
 * With which a WebFlux application tests its own handlers: visitors who come with a session, and what was stored for
 * them.
 */
@NullMarked
package dev.reactivesession.test.web;

import org.jspecify.annotations.NullMarked;
