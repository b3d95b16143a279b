/** Lets operations on a store that meet share a round trip. For stores; nothing here knows a driver. */
@NullMarked
package dev.reactivesession.store.lanes;

import org.jspecify.annotations.NullMarked;
