/**
 * A three-way merge of values in their stored form. It moves stretches of JSON and decodes nothing; the shape of each
 * place is told by {@link dev.reactivesession.codec.merge.MergeSlot}. An internal room of the codec, not meant for
 * applications.
 */
@NullMarked
package dev.reactivesession.codec.merge;

import org.jspecify.annotations.NullMarked;
