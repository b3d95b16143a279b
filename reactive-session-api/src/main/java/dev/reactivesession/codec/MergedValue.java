package dev.reactivesession.codec;

import java.util.List;

/**
 * Two changes of one value, merged.
 *
 * @param value the merged value
 * @param conflicts the places that both sides set differently, each a path inside the value such as {@code
 *     /lines/2/quantity}, where an index counts in the list that both sides began with; empty where none met
 */
public record MergedValue(EncodedValue value, List<String> conflicts) {}
