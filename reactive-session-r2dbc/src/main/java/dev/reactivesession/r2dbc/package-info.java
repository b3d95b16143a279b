/** Sessions in PostgreSQL, or in an embedded H2, over R2DBC. */
@NullMarked
package dev.reactivesession.r2dbc;

import org.jspecify.annotations.NullMarked;
