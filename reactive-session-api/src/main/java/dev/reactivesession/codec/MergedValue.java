package dev.reactivesession.codec;

import java.util.List;

/**
 * What came of merging two changes of one value.
 *
 * @param value the merged value
 * @param conflicts the places that both sides set differently, each a path inside the value such as {@code /lines/2/quantity}; empty where none met
 */
public record MergedValue(EncodedValue value, List<String> conflicts) {}
