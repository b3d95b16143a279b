/** The stored form of attributes. */
@NullMarked
package dev.reactivesession.codec;

import org.jspecify.annotations.NullMarked;
