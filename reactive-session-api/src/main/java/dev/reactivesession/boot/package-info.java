/** Auto-configuration for Spring Boot. Optional: without Boot, a few beans do the same. */
@NullMarked
package dev.reactivesession.boot;

import org.jspecify.annotations.NullMarked;
