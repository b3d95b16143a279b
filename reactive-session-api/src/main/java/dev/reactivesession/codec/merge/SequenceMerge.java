package dev.reactivesession.codec.merge;

import dev.reactivesession.codec.merge.SequenceEdit.Fate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Merges two changes of one list, element by element of the base. */
final class SequenceMerge {

    /** Who put an element where it is. A surplus is taken from the first of these. */
    private enum Origin {
        THEIRS,
        OURS,
        BASE
    }

    private record Element(JsonPart part, Origin origin) {}

    private final String path;

    private final MergeShape.Elements shape;

    private final ThreeWayMerge nested;

    private final List<Element> merged = new ArrayList<>();

    /** How often an element of the base was given up by both sides. */
    private final Map<JsonPart, Integer> givenUpByBoth = new HashMap<>();

    private SequenceMerge(String path, MergeShape.Elements shape, ThreeWayMerge nested) {
        this.path = path;
        this.shape = shape;
        this.nested = nested;
    }

    static List<JsonPart> ofList(
            String path,
            MergeShape.Elements shape,
            List<JsonPart> base,
            List<JsonPart> ours,
            List<JsonPart> theirs,
            ThreeWayMerge nested) {
        SequenceMerge merge = new SequenceMerge(path, shape, nested);
        merge.walk(base, SequenceEdit.of(base, ours, shape.element()), SequenceEdit.of(base, theirs, shape.element()));
        merge.removeSurplus(counts(base), counts(ours), counts(theirs));
        return merge.merged.stream().map(Element::part).toList();
    }

    /** The additions of both sides, without the removals of either, in the order that a list would have. */
    static List<JsonPart> ofSet(List<JsonPart> base, List<JsonPart> ours, List<JsonPart> theirs) {
        SequenceMerge merge =
                new SequenceMerge("", new MergeShape.Elements(MergeSlot.WHOLE, false), new ThreeWayMerge());
        merge.walk(base, SequenceEdit.of(base, ours, MergeSlot.WHOLE), SequenceEdit.of(base, theirs, MergeSlot.WHOLE));
        Set<JsonPart> removed = new LinkedHashSet<>(base);
        Set<JsonPart> inBoth = new LinkedHashSet<>(ours);
        inBoth.retainAll(new LinkedHashSet<>(theirs));
        removed.removeAll(inBoth);
        Set<JsonPart> members = new LinkedHashSet<>();
        merge.merged.forEach(element -> members.add(element.part()));
        members.removeAll(removed);
        return List.copyOf(members);
    }

    private void walk(List<JsonPart> base, SequenceEdit ours, SequenceEdit theirs) {
        for (int place = 0; place <= base.size(); place++) {
            theirs.insertedBefore(place).forEach(part -> add(part, Origin.THEIRS));
            ours.insertedBefore(place).forEach(part -> add(part, Origin.OURS));
            if (place < base.size()) {
                settle(path + "/" + place, base.get(place), ours.fate(place), theirs.fate(place));
            }
        }
    }

    private void settle(String place, JsonPart base, Fate ours, Fate theirs) {
        boolean weKept = ours instanceof Fate.Kept;
        boolean theyKept = theirs instanceof Fate.Kept;
        if (weKept && theyKept) {
            add(base, Origin.BASE);
        } else if (weKept) {
            add(theirs.result(), Origin.THEIRS);
        } else if (theyKept) {
            add(ours.result(), Origin.OURS);
        } else {
            givenUpByBoth.merge(base, 1, Integer::sum);
            settleBoth(place, base, ours, theirs);
        }
    }

    private void settleBoth(String place, JsonPart base, Fate ours, Fate theirs) {
        if (ours instanceof Fate.Changed here && theirs instanceof Fate.Changed there) {
            add(nested.merge(place, shape.element(), base, here.to(), there.to()), Origin.BASE);
            return;
        }
        boolean bothReplaced = ours instanceof Fate.Replaced && theirs instanceof Fate.Replaced;
        if ((bothReplaced && shape.replaces()) || ours instanceof Fate.Changed || theirs instanceof Fate.Changed) {
            nested.conflict(place);
        }
        if (theirs instanceof Fate.Replaced && !(bothReplaced && shape.replaces())) {
            add(theirs.result(), Origin.THEIRS);
        }
        add(ours.result(), Origin.OURS);
    }

    private void add(@Nullable JsonPart part, Origin origin) {
        if (part != null) {
            merged.add(new Element(part, origin));
        }
    }

    /** An element that both sides moved is there once; one that either side removed as often as it still should be. */
    private void removeSurplus(
            Map<JsonPart, Integer> base, Map<JsonPart, Integer> ours, Map<JsonPart, Integer> theirs) {
        if (givenUpByBoth.isEmpty()) {
            return;
        }
        Map<JsonPart, Integer> now = new HashMap<>();
        merged.forEach(element -> now.merge(element.part(), 1, Integer::sum));
        givenUpByBoth.forEach((part, times) -> {
            int due = ours.getOrDefault(part, 0) + theirs.getOrDefault(part, 0) - base.getOrDefault(part, 0);
            int surplus = now.getOrDefault(part, 0) - Math.max(0, due);
            remove(part, Math.min(times, surplus));
        });
    }

    private void remove(JsonPart part, int count) {
        int left = count;
        for (Origin origin : Origin.values()) {
            for (int index = merged.size() - 1; index >= 0 && left > 0; index--) {
                if (merged.get(index).origin() == origin
                        && merged.get(index).part().equals(part)) {
                    merged.remove(index);
                    left--;
                }
            }
        }
    }

    private static Map<JsonPart, Integer> counts(List<JsonPart> parts) {
        Map<JsonPart, Integer> counts = new HashMap<>();
        parts.forEach(part -> counts.merge(part, 1, Integer::sum));
        return counts;
    }
}
