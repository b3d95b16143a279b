package dev.reactivesession.codec.merge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which elements of a list are still there in its changed form: their longest common subsequence. A list that was
 * changed at very many places gets a common subsequence that is long, and not always the longest.
 */
final class Alignment {

    static final int NONE = -1;

    private static final int MOST_EDITS = 400;

    private final int[] from;

    private final int[] to;

    private final int[] matches;

    private Alignment(int[] from, int[] to) {
        this.from = from;
        this.to = to;
        this.matches = new int[from.length];
        Arrays.fill(matches, NONE);
    }

    /** For each element of the first list its place in the second, or {@link #NONE}; ascending. */
    static int[] of(List<?> from, List<?> to) {
        Map<Object, Integer> known = new HashMap<>();
        Alignment alignment = new Alignment(numbered(from, known), numbered(to, known));
        alignment.align();
        return alignment.matches;
    }

    private static int[] numbered(List<?> elements, Map<Object, Integer> known) {
        return elements.stream()
                .mapToInt(element -> known.computeIfAbsent(element, unknown -> known.size()))
                .toArray();
    }

    private void align() {
        int begin = 0;
        int end = from.length;
        int toEnd = to.length;
        while (begin < Math.min(end, toEnd) && from[begin] == to[begin]) {
            matches[begin] = begin++;
        }
        while (end > begin && toEnd > begin && from[end - 1] == to[toEnd - 1]) {
            matches[--end] = --toEnd;
        }
        if (end > begin && toEnd > begin && !alignByEdits(begin, end, toEnd)) {
            alignByOrder(begin, end, toEnd);
        }
    }

    /** The algorithm of Myers: the fewest edits that lead from one list to the other; false when they are too many. */
    private boolean alignByEdits(int begin, int end, int toEnd) {
        int rows = end - begin;
        int columns = toEnd - begin;
        List<int[]> trace = new ArrayList<>();
        int[] reached = {0};
        for (int edits = 0; edits <= MOST_EDITS; edits++) {
            int[] next = new int[2 * edits + 1];
            for (int diagonal = -edits; diagonal <= edits; diagonal += 2) {
                int row = begins(reached, edits, diagonal);
                while (row < rows && row - diagonal < columns && from[begin + row] == to[begin + row - diagonal]) {
                    row++;
                }
                next[diagonal + edits] = row;
                if (row >= rows && row - diagonal >= columns) {
                    trace(trace, begin, rows, columns);
                    return true;
                }
            }
            trace.add(next);
            reached = next;
        }
        return false;
    }

    /**
     * The row at which a path of one more edit begins on a diagonal; the rows reached before have one diagonal less
     * at each end.
     */
    private static int begins(int[] reached, int edits, int diagonal) {
        if (edits == 0) {
            return 0;
        }
        int before = edits - 1;
        int down = diagonal + 1 <= before ? reached[diagonal + 1 + before] : NONE;
        int right = diagonal - 1 >= -before ? reached[diagonal - 1 + before] + 1 : NONE;
        return Math.max(down, right);
    }

    private void trace(List<int[]> trace, int begin, int rows, int columns) {
        int row = rows;
        int column = columns;
        for (int edits = trace.size(); edits >= 0; edits--) {
            int diagonal = row - column;
            int start = begins(edits == 0 ? new int[] {0} : trace.get(edits - 1), edits, diagonal);
            while (row > start) {
                matches[begin + --row] = begin + --column;
            }
            if (edits > 0) {
                int[] before = trace.get(edits - 1);
                boolean isDeletion = diagonal - 1 >= 1 - edits && before[diagonal - 1 + edits - 1] + 1 == start;
                row = isDeletion ? row - 1 : row;
                column = isDeletion ? column : column - 1;
            }
        }
    }

    /** Each occurrence is told apart by its number; of those in both lists the longest ascending run is kept. */
    private void alignByOrder(int begin, int end, int toEnd) {
        int[] places = occurrences(begin, end, toEnd);
        int[] last = new int[end - begin];
        int[] previous = new int[end - begin];
        int length = 0;
        for (int index = 0; index < places.length; index++) {
            if (places[index] != NONE) {
                int at = ascending(places, last, length, places[index]);
                previous[index] = at == 0 ? NONE : last[at - 1];
                last[at] = index;
                length = Math.max(length, at + 1);
            }
        }
        for (int index = length == 0 ? NONE : last[length - 1]; index != NONE; index = previous[index]) {
            matches[begin + index] = places[index];
        }
    }

    private int[] occurrences(int begin, int end, int toEnd) {
        Map<Integer, List<Integer>> there = new HashMap<>();
        for (int index = begin; index < toEnd; index++) {
            there.computeIfAbsent(to[index], none -> new ArrayList<>()).add(index);
        }
        Map<Integer, Integer> used = new HashMap<>();
        int[] places = new int[end - begin];
        for (int index = begin; index < end; index++) {
            List<Integer> all = there.getOrDefault(from[index], List.of());
            int occurrence = used.merge(from[index], 1, Integer::sum) - 1;
            places[index - begin] = occurrence < all.size() ? all.get(occurrence) : NONE;
        }
        return places;
    }

    private static int ascending(int[] places, int[] last, int length, int place) {
        int low = 0;
        int high = length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (places[last[middle]] < place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
