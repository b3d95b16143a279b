package dev.reactivesession.codec.merge;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which elements of a stretch became which of another: those that have the most properties in common, without
 * crossing.
 */
final class Resemblance {

    private static final int MOST_COMPARISONS = 10_000;

    /** An element, taken apart once. */
    private record Anatomy(@Nullable String type, Map<JsonPart, JsonPart> fields, List<JsonPart> elements) {}

    private final List<Anatomy> base;

    private final List<Anatomy> side;

    private final int[] pairs;

    private Resemblance(List<Anatomy> base, List<Anatomy> side) {
        this.base = base;
        this.side = side;
        this.pairs = new int[base.size()];
        Arrays.fill(pairs, Alignment.NONE);
    }

    /** For each of the base its place in the side, or {@link Alignment#NONE}; ascending. */
    static int[] pairs(List<JsonPart> base, List<JsonPart> side, MergeSlot slot) {
        Resemblance resemblance = new Resemblance(anatomies(base, slot), anatomies(side, slot));
        if ((long) base.size() * side.size() <= MOST_COMPARISONS) {
            resemblance.pairBest();
        } else if (base.size() == side.size()) {
            resemblance.pairInOrder();
        }
        return resemblance.pairs;
    }

    private static List<Anatomy> anatomies(List<JsonPart> parts, MergeSlot slot) {
        return parts.stream().map(part -> anatomy(slot.look(part))).toList();
    }

    private static Anatomy anatomy(MergeSlot.Found found) {
        boolean isWhole = found.shape() instanceof MergeShape.Whole;
        return new Anatomy(
                found.type(),
                !isWhole && found.content().isObject() ? fields(found) : Map.of(),
                !isWhole && found.content().isArray() ? found.content().elements() : List.of());
    }

    /** The name of a type is no property. */
    private static Map<JsonPart, JsonPart> fields(MergeSlot.Found found) {
        Map<JsonPart, JsonPart> fields = found.content().fields();
        fields.values().removeIf(value -> value.isText() && value.text().equals(found.type()));
        return fields;
    }

    private void pairInOrder() {
        for (int index = 0; index < pairs.length; index++) {
            pairs[index] = common(base.get(index), side.get(index)) > 0 ? index : Alignment.NONE;
        }
    }

    private void pairBest() {
        int[][] common = new int[base.size()][side.size()];
        int[][] best = new int[base.size() + 1][side.size() + 1];
        for (int one = base.size() - 1; one >= 0; one--) {
            for (int other = side.size() - 1; other >= 0; other--) {
                common[one][other] = common(base.get(one), side.get(other));
                int unpaired = Math.max(best[one + 1][other], best[one][other + 1]);
                best[one][other] = Math.max(unpaired, common[one][other] + best[one + 1][other + 1]);
            }
        }
        follow(common, best);
    }

    private void follow(int[][] common, int[][] best) {
        int one = 0;
        int other = 0;
        while (one < base.size() && other < side.size()) {
            int gain = common[one][other];
            if (gain > 0 && best[one][other] == gain + best[one + 1][other + 1]) {
                pairs[one++] = other++;
            } else if (best[one][other] == best[one + 1][other]) {
                one++;
            } else {
                other++;
            }
        }
    }

    /** How many properties, or elements, two parts have in common. */
    private static int common(Anatomy one, Anatomy other) {
        return Objects.equals(one.type(), other.type())
                ? commonFields(one.fields(), other.fields()) + commonEnds(one.elements(), other.elements())
                : 0;
    }

    private static int commonFields(Map<JsonPart, JsonPart> one, Map<JsonPart, JsonPart> other) {
        int common = 0;
        for (Map.Entry<JsonPart, JsonPart> field : one.entrySet()) {
            common += Objects.equals(field.getValue(), other.get(field.getKey())) ? 1 : 0;
        }
        return common;
    }

    private static int commonEnds(List<JsonPart> one, List<JsonPart> other) {
        int shorter = Math.min(one.size(), other.size());
        int begin = 0;
        while (begin < shorter && one.get(begin).equals(other.get(begin))) {
            begin++;
        }
        int end = 0;
        while (end < shorter - begin && one.get(one.size() - 1 - end).equals(other.get(other.size() - 1 - end))) {
            end++;
        }
        return begin + end;
    }
}
