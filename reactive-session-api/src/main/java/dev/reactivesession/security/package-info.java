/** Spring Security at home on these sessions. Optional: nothing else here needs it. */
@NullMarked
package dev.reactivesession.security;

import org.jspecify.annotations.NullMarked;
