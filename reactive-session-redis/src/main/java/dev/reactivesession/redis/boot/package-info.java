/** Auto-configuration of this store for Spring Boot. Optional: without Boot, the store is made by hand. */
@NullMarked
package dev.reactivesession.redis.boot;

import org.jspecify.annotations.NullMarked;
