/**
 * The stored form of attributes. A {@link dev.reactivesession.codec.SessionCodec} turns one attribute at a time into bytes and back;
 * {@link dev.reactivesession.codec.JsonSessionCodec} does it as JSON, within an allow-list of types and bounds on what it reads.
 */
@NullMarked
package dev.reactivesession.codec;

import org.jspecify.annotations.NullMarked;
