package dev.reactivesession.codec.merge;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Merges two changes of one map, key by key. The keys keep the order that a merged set of them would have. */
final class EntryMerge {

    private final Map<JsonPart, JsonPart> base;

    private final Map<JsonPart, JsonPart> ours;

    private final Map<JsonPart, JsonPart> theirs;

    EntryMerge(Map<JsonPart, JsonPart> base, Map<JsonPart, JsonPart> ours, Map<JsonPart, JsonPart> theirs) {
        this.base = base;
        this.ours = ours;
        this.theirs = theirs;
    }

    Map<JsonPart, JsonPart> merged(String path, Function<JsonPart, MergeSlot> slots, ThreeWayMerge nested) {
        Map<JsonPart, JsonPart> values = new LinkedHashMap<>();
        Set<JsonPart> keys = new LinkedHashSet<>(theirs.keySet());
        keys.addAll(ours.keySet());
        for (JsonPart key : keys) {
            JsonPart value = value(path + "/" + key.word(), slots.apply(key), key, nested);
            if (value != null) {
                values.put(key, value);
            }
        }
        return inOrder(values);
    }

    private @Nullable JsonPart value(String path, MergeSlot slot, JsonPart key, ThreeWayMerge nested) {
        JsonPart before = base.get(key);
        JsonPart here = ours.get(key);
        JsonPart there = theirs.get(key);
        if (here != null && there != null) {
            return before == null ? nested.add(path, slot, here, there) : nested.merge(path, slot, before, here, there);
        }
        JsonPart present = here == null ? there : here;
        if (before == null) {
            return present;
        }
        if (before.equals(here) || before.equals(there)) {
            return null;
        }
        nested.conflict(path);
        return here;
    }

    private Map<JsonPart, JsonPart> inOrder(Map<JsonPart, JsonPart> values) {
        Map<JsonPart, JsonPart> merged = new LinkedHashMap<>();
        for (JsonPart key : SequenceMerge.ofSet(
                List.copyOf(base.keySet()), List.copyOf(ours.keySet()), List.copyOf(theirs.keySet()))) {
            JsonPart value = values.get(key);
            if (value != null) {
                merged.put(key, value);
            }
        }
        values.forEach(merged::putIfAbsent);
        return merged;
    }
}
