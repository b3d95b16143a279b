package dev.reactivesession.codec.merge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Carries the properties that a class does not know from a stored value over to the one that takes its place. */
public final class UnknownPlaces {

    private UnknownPlaces() {}

    /**
     * The new value with the unknown properties of the one before: of each object that is still there, at every depth.
     *
     * @param slot tells the shapes; sets must look like lists, and unknown properties be {@link MergeSlot#UNKNOWN}
     * @param before the value before
     * @param now the new value, which has none of them
     * @return the new value with them
     */
    public static JsonPart kept(MergeSlot slot, JsonPart before, JsonPart now) {
        if (before.equals(now)) {
            return now;
        }
        MergeSlot.Found was = slot.look(before);
        MergeSlot.Found is = slot.look(now);
        return Objects.equals(was.type(), is.type())
                ? wrapped(now, is, keptInside(was.shape(), was.content(), is.content()))
                : now;
    }

    private static JsonPart keptInside(MergeShape shape, JsonPart before, JsonPart now) {
        if (shape instanceof MergeShape.Properties bean && before.isObject() && now.isObject()) {
            return properties(name -> bean.property().apply(name.text()), before, now);
        }
        if (shape instanceof MergeShape.Entries map) {
            return entries(map.value(), before, now);
        }
        if (!before.isArray() || !now.isArray()) {
            return now;
        }
        if (shape instanceof MergeShape.Elements list) {
            return now.array(elements(list.element(), before.elements(), now.elements()));
        }
        return shape instanceof MergeShape.AtMostOne optional
                ? now.array(inOrder(optional.content(), before.elements(), now.elements()))
                : now;
    }

    private static JsonPart properties(Function<JsonPart, MergeSlot> slots, JsonPart before, JsonPart now) {
        Map<JsonPart, JsonPart> fields = now.fields();
        before.fields().forEach((name, value) -> {
            MergeSlot slot = slots.apply(name);
            if (slot == MergeSlot.UNKNOWN) {
                fields.putIfAbsent(name, value);
            } else {
                fields.computeIfPresent(name, (same, changed) -> kept(slot, value, changed));
            }
        });
        return now.object(fields);
    }

    private static JsonPart entries(MergeSlot slot, JsonPart before, JsonPart now) {
        if (before.isObject() && now.isObject()) {
            return properties(key -> slot, before, now);
        }
        return before.isArray() && now.isArray() ? now.array(pairs(slot, before.elements(), now.elements())) : now;
    }

    /** Of a map whose keys are no names. */
    private static List<JsonPart> pairs(MergeSlot slot, List<JsonPart> before, List<JsonPart> now) {
        Map<JsonPart, JsonPart> values = new HashMap<>();
        before.stream().map(JsonPart::elements).forEach(pair -> values.put(pair.get(0), pair.get(1)));
        return now.stream()
                .map(pair -> {
                    List<JsonPart> both = pair.elements();
                    JsonPart earlier = values.get(both.get(0));
                    return earlier == null ? pair : pair.array(List.of(both.get(0), kept(slot, earlier, both.get(1))));
                })
                .toList();
    }

    private static List<JsonPart> inOrder(MergeSlot slot, List<JsonPart> before, List<JsonPart> now) {
        return before.size() == 1 && now.size() == 1 ? List.of(kept(slot, before.get(0), now.get(0))) : now;
    }

    /** An element stays the same where it is equal, wherever it is now, or else where it resembles one in its order. */
    private static List<JsonPart> elements(MergeSlot slot, List<JsonPart> before, List<JsonPart> now) {
        List<JsonPart> known = before.stream().map(each -> known(slot, each)).toList();
        int[] origins = origins(slot, known, now);
        List<JsonPart> kept = new ArrayList<>();
        for (int each = 0; each < now.size(); each++) {
            kept.add(
                    origins[each] == Alignment.NONE
                            ? now.get(each)
                            : kept(slot, before.get(origins[each]), now.get(each)));
        }
        return kept;
    }

    private static int[] origins(MergeSlot slot, List<JsonPart> known, List<JsonPart> now) {
        int[] origins = new int[now.size()];
        Arrays.fill(origins, Alignment.NONE);
        List<Integer> left = new ArrayList<>();
        for (int each = 0; each < known.size(); each++) {
            int same = free(origins, now, known.get(each));
            if (same == Alignment.NONE) {
                left.add(each);
            } else {
                origins[same] = each;
            }
        }
        pairAlike(slot, known, now, left, origins);
        return origins;
    }

    private static int free(int[] origins, List<JsonPart> now, JsonPart wanted) {
        for (int each = 0; each < origins.length; each++) {
            if (origins[each] == Alignment.NONE && now.get(each).equals(wanted)) {
                return each;
            }
        }
        return Alignment.NONE;
    }

    private static void pairAlike(
            MergeSlot slot, List<JsonPart> known, List<JsonPart> now, List<Integer> left, int[] origins) {
        List<Integer> open = new ArrayList<>();
        for (int each = 0; each < origins.length; each++) {
            if (origins[each] == Alignment.NONE) {
                open.add(each);
            }
        }
        int[] alike = Resemblance.pairs(
                left.stream().map(known::get).toList(),
                open.stream().map(now::get).toList(),
                slot);
        for (int each = 0; each < alike.length; each++) {
            if (alike[each] != Alignment.NONE) {
                origins[open.get(alike[each])] = left.get(each);
            }
        }
    }

    /** Without the properties that the class does not know. */
    private static JsonPart known(MergeSlot slot, JsonPart part) {
        MergeSlot.Found found = slot.look(part);
        return wrapped(part, found, knownInside(found.shape(), found.content()));
    }

    private static JsonPart knownInside(MergeShape shape, JsonPart content) {
        if (shape instanceof MergeShape.Properties bean && content.isObject()) {
            return knownFields(name -> bean.property().apply(name.text()), content);
        }
        if (shape instanceof MergeShape.Entries map && content.isObject()) {
            return knownFields(key -> map.value(), content);
        }
        if (!content.isArray()) {
            return content;
        }
        if (shape instanceof MergeShape.Entries map) {
            return content.array(content.elements().stream()
                    .map(JsonPart::elements)
                    .map(pair -> content.array(List.of(pair.get(0), known(map.value(), pair.get(1)))))
                    .toList());
        }
        MergeSlot element = shape instanceof MergeShape.Elements list
                ? list.element()
                : shape instanceof MergeShape.AtMostOne optional ? optional.content() : MergeSlot.WHOLE;
        return content.array(
                content.elements().stream().map(each -> known(element, each)).toList());
    }

    private static JsonPart knownFields(Function<JsonPart, MergeSlot> slots, JsonPart object) {
        Map<JsonPart, JsonPart> fields = new LinkedHashMap<>();
        object.fields().forEach((name, value) -> {
            MergeSlot slot = slots.apply(name);
            if (slot != MergeSlot.UNKNOWN) {
                fields.put(name, known(slot, value));
            }
        });
        return object.object(fields);
    }

    /** Again behind the name of its type, where the data has one around it. */
    private static JsonPart wrapped(JsonPart part, MergeSlot.Found found, JsonPart content) {
        return found.content().equals(part)
                ? content
                : part.array(List.of(part.elements().get(0), content));
    }
}
