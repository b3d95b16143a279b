/**
 * Attributes as JSON. {@link dev.reactivesession.codec.json.JsonSessionCodec} keeps to an allow-list of types and to
 * bounds on what it reads, which {@link dev.reactivesession.codec.json.JsonCodecSettings} state.
 */
@NullMarked
package dev.reactivesession.codec.json;

import org.jspecify.annotations.NullMarked;
