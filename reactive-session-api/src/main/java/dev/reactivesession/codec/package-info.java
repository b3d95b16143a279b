/**
 * The stored form of attributes. A {@link dev.reactivesession.codec.SessionCodec} turns one attribute at a time into
 * bytes and back, and merges two changes of one.
 */
@NullMarked
package dev.reactivesession.codec;

import org.jspecify.annotations.NullMarked;
