package dev.reactivesession.codec.merge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The changes of one side to a list: the elements kept, removed, changed or replaced, and those inserted. */
final class SequenceEdit {

    /** The fate of one element of the base. */
    sealed interface Fate {

        /** The element there now; null where it is gone or as it was. */
        default @Nullable JsonPart result() {
            return null;
        }

        /** It is as it was. */
        record Kept() implements Fate {}

        /** It is gone. */
        record Removed() implements Fate {}

        /** It has other properties, and is still recognized as the same. */
        record Changed(JsonPart to) implements Fate {

            @Override
            public JsonPart result() {
                return to;
            }
        }

        /** It is gone, and another element has its place. */
        record Replaced(JsonPart by) implements Fate {

            @Override
            public JsonPart result() {
                return by;
            }
        }
    }

    private static final Fate KEPT = new Fate.Kept();

    private static final Fate REMOVED = new Fate.Removed();

    private final List<JsonPart> base;

    private final List<JsonPart> side;

    private final Fate[] fates;

    private final List<List<JsonPart>> inserted = new ArrayList<>();

    private final MergeSlot slot;

    private SequenceEdit(List<JsonPart> base, List<JsonPart> side, MergeSlot slot) {
        this.base = base;
        this.side = side;
        this.slot = slot;
        this.fates = new Fate[base.size()];
        Arrays.fill(fates, REMOVED);
        for (int gap = 0; gap <= base.size(); gap++) {
            inserted.add(List.of());
        }
    }

    static SequenceEdit of(List<JsonPart> base, List<JsonPart> side, MergeSlot slot) {
        SequenceEdit edit = new SequenceEdit(base, side, slot);
        edit.compare(Alignment.of(base, side));
        return edit;
    }

    Fate fate(int element) {
        return fates[element];
    }

    /** The elements put before an element of the base, or at the end. */
    List<JsonPart> insertedBefore(int element) {
        return inserted.get(element);
    }

    private void compare(int[] matches) {
        int begin = 0;
        int sideBegin = 0;
        for (int element = 0; element < matches.length; element++) {
            if (matches[element] != Alignment.NONE) {
                stretch(begin, element, sideBegin, matches[element]);
                fates[element] = KEPT;
                begin = element + 1;
                sideBegin = matches[element] + 1;
            }
        }
        stretch(begin, base.size(), sideBegin, side.size());
    }

    /** A stretch of the base that became another stretch. */
    private void stretch(int begin, int end, int sideBegin, int sideEnd) {
        if (begin == end || sideBegin == sideEnd) {
            insert(end, sideBegin, sideEnd);
            return;
        }
        int[] same = Resemblance.pairs(base.subList(begin, end), side.subList(sideBegin, sideEnd), slot);
        boolean inPlace = end - begin == sideEnd - sideBegin;
        int next = sideBegin;
        for (int element = begin; element < end; element++) {
            int pair = same[element - begin];
            if (pair != Alignment.NONE) {
                insert(element, next, sideBegin + pair);
                fates[element] = new Fate.Changed(side.get(sideBegin + pair));
                next = sideBegin + pair + 1;
            } else if (inPlace && next - sideBegin == element - begin && isFree(same, element - begin)) {
                fates[element] = new Fate.Replaced(side.get(next++));
            }
        }
        insert(end, next, sideEnd);
    }

    /** Whether no element of the base became the one at this place of the side. */
    private static boolean isFree(int[] same, int place) {
        for (int pair : same) {
            if (pair == place) {
                return false;
            }
        }
        return true;
    }

    private void insert(int gap, int sideBegin, int sideEnd) {
        if (sideBegin < sideEnd) {
            List<JsonPart> all = new ArrayList<>(inserted.get(gap));
            all.addAll(side.subList(sideBegin, sideEnd));
            inserted.set(gap, all);
        }
    }
}
