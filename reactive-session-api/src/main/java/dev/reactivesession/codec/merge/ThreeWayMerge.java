package dev.reactivesession.codec.merge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Merges two changes of one value. Where both sides set one place to different values, or one removed it and the
 * other changed it, the value of our side is taken and the place is noted.
 */
public final class ThreeWayMerge {

    private final List<String> conflicts = new ArrayList<>();

    /** Creates a merge that has met no conflict yet. */
    public ThreeWayMerge() {}

    /**
     * The places where both sides were in conflict.
     *
     * @return paths such as {@code /lines/2/quantity}; an index counts in the list that both sides began with
     */
    public List<String> conflicts() {
        return List.copyOf(conflicts);
    }

    /**
     * Merges one place, and all that is inside it.
     *
     * @param path of the place
     * @param slot tells the shapes there
     * @param base the part that both sides began with
     * @param ours the part as changed here
     * @param theirs the part as changed elsewhere
     * @return the merged part
     */
    public JsonPart merge(String path, MergeSlot slot, JsonPart base, JsonPart ours, JsonPart theirs) {
        if (ours.equals(theirs) || theirs.equals(base)) {
            return ours;
        }
        if (ours.equals(base)) {
            return theirs;
        }
        MergeSlot.Found before = slot.look(base);
        MergeSlot.Found here = slot.look(ours);
        MergeSlot.Found there = slot.look(theirs);
        if (!Objects.equals(before.type(), here.type()) || !Objects.equals(before.type(), there.type())) {
            return ourWay(path, ours);
        }
        JsonPart content = content(path, here.shape(), before.content(), here.content(), there.content());
        return here.content().equals(ours)
                ? content
                : ours.array(List.of(ours.elements().get(0), content));
    }

    /** Two sides each added something at one place: collections begin with nothing, other values are in conflict. */
    JsonPart add(String path, MergeSlot slot, JsonPart ours, JsonPart theirs) {
        if (ours.equals(theirs)) {
            return ours;
        }
        MergeSlot.Found here = slot.look(ours);
        boolean isCollection = here.shape() instanceof MergeShape.Elements
                || here.shape() instanceof MergeShape.Members
                || here.shape() instanceof MergeShape.Entries;
        if (!isCollection) {
            return ourWay(path, ours);
        }
        JsonPart empty = here.content().isArray() ? ours.array(List.of()) : ours.object(Map.of());
        JsonPart base = here.content().equals(ours)
                ? empty
                : ours.array(List.of(ours.elements().get(0), empty));
        return merge(path, slot, base, ours, theirs);
    }

    void conflict(String path) {
        conflicts.add(path);
    }

    private JsonPart ourWay(String path, JsonPart ours) {
        conflict(path);
        return ours;
    }

    private JsonPart content(String path, MergeShape shape, JsonPart base, JsonPart ours, JsonPart theirs) {
        if (shape instanceof MergeShape.Elements list && areArrays(base, ours, theirs)) {
            return ours.array(
                    SequenceMerge.ofList(path, list, base.elements(), ours.elements(), theirs.elements(), this));
        }
        if (shape instanceof MergeShape.Members && areArrays(base, ours, theirs)) {
            return ours.array(SequenceMerge.ofSet(base.elements(), ours.elements(), theirs.elements()));
        }
        if (shape instanceof MergeShape.Properties bean && areObjects(base, ours, theirs)) {
            return fields(path, name -> bean.property().apply(name.text()), base, ours, theirs);
        }
        if (shape instanceof MergeShape.Entries map) {
            return entries(path, map, base, ours, theirs);
        }
        return shape instanceof MergeShape.AtMostOne optional && areArrays(base, ours, theirs)
                ? atMostOne(path, optional, base, ours, theirs)
                : ourWay(path, ours);
    }

    private JsonPart fields(
            String path, Function<JsonPart, MergeSlot> slots, JsonPart base, JsonPart ours, JsonPart theirs) {
        return ours.object(new EntryMerge(base.fields(), ours.fields(), theirs.fields()).merged(path, slots, this));
    }

    private JsonPart entries(String path, MergeShape.Entries map, JsonPart base, JsonPart ours, JsonPart theirs) {
        if (areObjects(base, ours, theirs)) {
            return fields(path, key -> map.value(), base, ours, theirs);
        }
        if (!arePairs(base) || !arePairs(ours) || !arePairs(theirs)) {
            return ourWay(path, ours);
        }
        Map<JsonPart, JsonPart> merged =
                new EntryMerge(pairs(base), pairs(ours), pairs(theirs)).merged(path, key -> map.value(), this);
        List<JsonPart> pairs = new ArrayList<>();
        merged.forEach((key, value) -> pairs.add(ours.array(List.of(key, value))));
        return pairs.isEmpty() ? ours.object(Map.of()) : ours.array(pairs);
    }

    /** A map without any entry is an object, whatever its keys are. */
    private static boolean arePairs(JsonPart map) {
        return map.isArray() || (map.isObject() && map.fields().isEmpty());
    }

    private static Map<JsonPart, JsonPart> pairs(JsonPart map) {
        Map<JsonPart, JsonPart> pairs = new LinkedHashMap<>();
        if (map.isArray()) {
            map.elements().stream().map(JsonPart::elements).forEach(pair -> pairs.put(pair.get(0), pair.get(1)));
        }
        return pairs;
    }

    private JsonPart atMostOne(
            String path, MergeShape.AtMostOne optional, JsonPart base, JsonPart ours, JsonPart theirs) {
        List<JsonPart> before = base.elements();
        List<JsonPart> here = ours.elements();
        List<JsonPart> there = theirs.elements();
        return before.size() == 1 && here.size() == 1 && there.size() == 1
                ? ours.array(List.of(merge(path + "/0", optional.content(), before.get(0), here.get(0), there.get(0))))
                : ourWay(path, ours);
    }

    private static boolean areArrays(JsonPart base, JsonPart ours, JsonPart theirs) {
        return base.isArray() && ours.isArray() && theirs.isArray();
    }

    private static boolean areObjects(JsonPart base, JsonPart ours, JsonPart theirs) {
        return base.isObject() && ours.isObject() && theirs.isObject();
    }
}
