/** The contracts of a back end: records under session ids, and the optional powers over them. */
@NullMarked
package dev.reactivesession.store;

import org.jspecify.annotations.NullMarked;
