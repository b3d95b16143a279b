/**
 * What a Spring Boot application must keep, whatever its store: contracts over real HTTP, for the auto-configuration
 * of a store to join.
 */
@NullMarked
package dev.reactivesession.test.boot;

import org.jspecify.annotations.NullMarked;
