/** What the documents show is true: it compiles, runs, exists. */
@NullMarked
package dev.reactivesession.docs;

import org.jspecify.annotations.NullMarked;
