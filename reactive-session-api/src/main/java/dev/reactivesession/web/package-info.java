/** Sessions in WebFlux: the filter, the transports of the token, and the bridge to the framework's own session. */
@NullMarked
package dev.reactivesession.web;

import org.jspecify.annotations.NullMarked;
