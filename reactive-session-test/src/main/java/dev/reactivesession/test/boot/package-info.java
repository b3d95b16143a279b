/**
 * Contracts of a Spring Boot application over real HTTP, the same for every store. The auto-configuration of a store
 * joins them.
 */
@NullMarked
package dev.reactivesession.test.boot;

import org.jspecify.annotations.NullMarked;
