/** The handlers of the pages in how-to, and what they do over HTTP. */
@NullMarked
package dev.reactivesession.docs.howto;

import org.jspecify.annotations.NullMarked;
