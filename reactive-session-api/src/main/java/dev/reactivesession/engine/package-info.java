/**
 * The way between a token and a stored record: the lazy load, the working copy, change detection, replay on conflict,
 * and the sweep. Knows no web framework.
 */
@NullMarked
package dev.reactivesession.engine;

import org.jspecify.annotations.NullMarked;
