package dev.reactivesession.codec.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Attribute;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.MergedValue;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** The algebra of a merge, on random lists with duplicates, sets, maps and nested beans. */
class JsonSessionCodecMergePropertiesTest {

    private static final Type INTEGERS = Attribute.listOf("a", Integer.class).type();

    private static final Type INTEGER_SET = Attribute.setOf("a", Integer.class).type();

    private static final Type NUMBERS =
            Attribute.mapOf("a", String.class, Integer.class).type();

    private final JsonSessionCodec codec =
            new JsonSessionCodec(JsonCodecSettings.defaults().withAllowedPackages("dev.reactivesession.codec"));

    record Line(int id, int quantity, int price) {}

    record Basket(
            List<Line> lines,
            Set<Integer> tags,
            Map<String, List<Integer>> notes,
            @Nullable Basket saved) {}

    /** Three states of one value, and how they are read. */
    record Case(
            Object base,
            Object ours,
            Object theirs,
            @Nullable Type declared) {}

    @Property(tries = 3000)
    void aSideThatChangedNothingGivesTheOther(@ForAll("cases") Case one) {
        EncodedValue base = encode(one.base(), one.declared());
        EncodedValue changed = encode(one.ours(), one.declared());
        assertThat(codec.merge(base, changed, base, one.declared())).hasValue(new MergedValue(changed, List.of()));
        assertThat(codec.merge(base, base, changed, one.declared())).hasValue(new MergedValue(changed, List.of()));
    }

    @Property(tries = 1000)
    void twoSidesThatAreEqualGiveEither(@ForAll("cases") Case one) {
        EncodedValue changed = encode(one.ours(), one.declared());
        assertThat(codec.merge(encode(one.base(), one.declared()), changed, changed, one.declared()))
                .hasValue(new MergedValue(changed, List.of()));
    }

    @Property(tries = 3000)
    void whateverIsMergedCanBeReadAndIsWrittenTheSameAgain(@ForAll("cases") Case one) {
        EncodedValue merged =
                merge(one.base(), one.ours(), one.theirs(), one.declared()).value();
        assertThat(encode(codec.decode("a", merged, one.declared()), one.declared()))
                .isEqualTo(merged);
    }

    @Property(tries = 5000)
    void aListHoldsEachElementAsOftenAsBothChangesSay(
            @ForAll("duplicates") List<Integer> base,
            @ForAll("duplicates") List<Integer> ours,
            @ForAll("duplicates") List<Integer> theirs) {
        MergedValue merged = merge(base, ours, theirs, INTEGERS);
        List<?> result = (List<?>) codec.decode("a", merged.value(), INTEGERS);
        if (!ours.equals(theirs) && merged.conflicts().isEmpty()) {
            for (int element = 0; element < 5; element++) {
                long due = count(ours, element) + count(theirs, element) - count(base, element);
                assertThat(count(result, element)).isEqualTo(Math.max(0, due));
            }
        }
    }

    @Property(tries = 3000)
    void whatNeitherSideRemovedStaysInItsOrder(
            @ForAll("distinct") List<Integer> base,
            @ForAll("edits") List<Integer> one,
            @ForAll("edits") List<Integer> other) {
        List<Integer> ours = edited(base, one, 1000);
        List<Integer> theirs = edited(base, other, 2000);
        List<?> result =
                (List<?>) codec.decode("a", merge(base, ours, theirs, INTEGERS).value(), INTEGERS);
        List<Integer> kept = new ArrayList<>(base);
        kept.retainAll(ours);
        kept.retainAll(theirs);
        List<Object> survivors = new ArrayList<>(result);
        survivors.retainAll(base);
        assertThat(survivors).isEqualTo(kept);
    }

    @Property(tries = 3000)
    void editsOfDisjointPlacesOfAListCommute(
            @ForAll("duplicates") List<Integer> head,
            @ForAll("duplicates") List<Integer> tail,
            @ForAll("duplicates") List<Integer> newHead,
            @ForAll("duplicates") List<Integer> newTail) {
        List<Integer> ours = around(newHead, tail);
        List<Integer> theirs = around(head, newTail);
        List<Integer> base = around(head, tail);
        MergedValue merged = merge(base, ours, theirs, INTEGERS);
        assertThat(merged.conflicts()).isEmpty();
        assertThat(codec.decode("a", merged.value(), INTEGERS)).isEqualTo(around(newHead, newTail));
        assertThat(merge(base, theirs, ours, INTEGERS)).isEqualTo(merged);
    }

    @Property(tries = 3000)
    void aSetIsTheUnionOfAdditionsWithoutRemovals(
            @ForAll("members") Set<Integer> base,
            @ForAll("members") Set<Integer> ours,
            @ForAll("members") Set<Integer> theirs) {
        Set<Integer> expected = new HashSet<>(ours);
        expected.addAll(theirs);
        expected.removeIf(element -> base.contains(element) && !(ours.contains(element) && theirs.contains(element)));
        for (Type declared : Arrays.asList(INTEGER_SET, null)) {
            MergedValue merged = merge(new HashSet<>(base), new HashSet<>(ours), new HashSet<>(theirs), declared);
            assertThat(codec.decode("a", merged.value(), declared)).isEqualTo(expected);
            assertThat(merged.conflicts()).isEmpty();
        }
        MergedValue ordered =
                merge(new LinkedHashSet<>(base), new LinkedHashSet<>(ours), new LinkedHashSet<>(theirs), null);
        assertThat(codec.decode("a", ordered.value(), null)).isEqualTo(expected);
    }

    @Property(tries = 3000)
    void aMapIsMergedKeyByKey(
            @ForAll("entries") Map<String, Integer> base,
            @ForAll("entries") Map<String, Integer> ours,
            @ForAll("entries") Map<String, Integer> theirs) {
        Map<String, Integer> expected = new HashMap<>();
        Set<String> conflicts = new HashSet<>();
        Set<String> keys = new HashSet<>(ours.keySet());
        keys.addAll(theirs.keySet());
        keys.addAll(base.keySet());
        for (String key : keys) {
            boolean here = !Objects.equals(ours.get(key), base.get(key));
            boolean there = !Objects.equals(theirs.get(key), base.get(key));
            Integer value = here ? ours.get(key) : theirs.get(key);
            if (here && there && !Objects.equals(ours.get(key), theirs.get(key))) {
                conflicts.add("/" + key);
            }
            if (value != null) {
                expected.put(key, value);
            }
        }
        for (Type declared : Arrays.asList(NUMBERS, null)) {
            MergedValue merged = merge(new HashMap<>(base), new HashMap<>(ours), new HashMap<>(theirs), declared);
            assertThat(codec.decode("a", merged.value(), declared)).isEqualTo(expected);
            assertThat(new HashSet<>(merged.conflicts())).isEqualTo(ours.equals(theirs) ? Set.of() : conflicts);
        }
    }

    @Property(tries = 3000)
    void propertiesOfBeansInAListAreMergedOneByOne(
            @ForAll("lines") List<Line> base,
            @ForAll("changes") List<Integer> one,
            @ForAll("changes") List<Integer> other) {
        List<Line> ours = changed(base, one, 100);
        List<Line> theirs = changed(base, other, 200);
        MergedValue merged = merge(basket(base), basket(ours), basket(theirs), Basket.class);
        Basket back = (Basket) codec.decode("a", merged.value(), Basket.class);
        List<Line> expected = new ArrayList<>();
        List<String> conflicts = new ArrayList<>();
        for (int index = 0; index < base.size(); index++) {
            Line line = base.get(index);
            Line here = ours.get(index);
            Line there = theirs.get(index);
            if (here.quantity() != line.quantity() && there.quantity() != line.quantity()) {
                conflicts.add("/lines/" + index + "/quantity");
            }
            if (here.price() != line.price() && there.price() != line.price()) {
                conflicts.add("/lines/" + index + "/price");
            }
            expected.add(new Line(
                    line.id(),
                    here.quantity() == line.quantity() ? there.quantity() : here.quantity(),
                    here.price() == line.price() ? there.price() : here.price()));
        }
        assertThat(back.lines()).isEqualTo(expected);
        assertThat(merged.conflicts()).isEqualTo(conflicts);
    }

    @Provide
    Arbitrary<Case> cases() {
        return Arbitraries.oneOf(
                triples(duplicates(), INTEGERS),
                triples(duplicates().map(ArrayList::new), null),
                triples(members().map(LinkedHashSet::new), INTEGER_SET),
                triples(members().map(HashSet::new), null),
                triples(members().map(LinkedHashSet::new), null),
                triples(entries(), NUMBERS),
                triples(entries().map(HashMap::new), null),
                triples(entries().map(TreeMap::new), null),
                triples(baskets(), Basket.class),
                triples(baskets(), null));
    }

    private static Arbitrary<Case> triples(Arbitrary<?> values, @Nullable Type declared) {
        return Combinators.combine(values, values, values)
                .as((base, ours, theirs) -> new Case(base, ours, theirs, declared));
    }

    @Provide
    Arbitrary<List<Integer>> duplicates() {
        return Arbitraries.integers().between(0, 4).list().ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<Integer>> distinct() {
        return Arbitraries.integers().between(0, 50).list().uniqueElements().ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<Integer>> edits() {
        return Arbitraries.integers().between(-20, 20).list().ofMaxSize(6);
    }

    @Provide
    Arbitrary<List<Integer>> changes() {
        return Arbitraries.integers().between(0, 4).list().ofSize(6);
    }

    @Provide
    Arbitrary<Set<Integer>> members() {
        return Arbitraries.integers().between(0, 9).set().ofMaxSize(8);
    }

    @Provide
    Arbitrary<Map<String, Integer>> entries() {
        return Arbitraries.maps(
                        Arbitraries.of("a", "b", "c", "d", "e"),
                        Arbitraries.integers().between(0, 2))
                .ofMaxSize(5)
                .map(LinkedHashMap::new);
    }

    @Provide
    Arbitrary<List<Line>> lines() {
        return Arbitraries.integers()
                .between(1, 50)
                .list()
                .uniqueElements()
                .ofMaxSize(6)
                .map(ids -> ids.stream().map(id -> new Line(id, 1, 1)).toList());
    }

    private Arbitrary<Basket> baskets() {
        Arbitrary<List<Line>> lines = Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 1))
                .as(Line::new)
                .list()
                .ofMaxSize(5);
        Arbitrary<Map<String, List<Integer>>> notes = Arbitraries.maps(Arbitraries.of("a", "b"), duplicates());
        Arbitrary<Basket> inner =
                Combinators.combine(lines, members(), notes).as((some, tags, all) -> new Basket(some, tags, all, null));
        return Combinators.combine(lines, members(), notes, inner.injectNull(0.5))
                .as(Basket::new);
    }

    private MergedValue merge(Object base, Object ours, Object theirs, @Nullable Type declared) {
        return codec.merge(encode(base, declared), encode(ours, declared), encode(theirs, declared), declared)
                .orElseThrow();
    }

    private EncodedValue encode(Object value, @Nullable Type declared) {
        return codec.encode("a", value, declared);
    }

    private static long count(Collection<?> elements, Object element) {
        return elements.stream().filter(element::equals).count();
    }

    private static List<Integer> around(List<Integer> head, List<Integer> tail) {
        List<Integer> all = new ArrayList<>(head);
        all.add(77);
        all.addAll(tail);
        return all;
    }

    /** A positive number inserts a new element, a negative one removes one. */
    private static List<Integer> edited(List<Integer> base, List<Integer> edits, int fresh) {
        List<Integer> elements = new ArrayList<>(base);
        for (int edit : edits) {
            if (edit >= 0) {
                elements.add(Math.min(edit, elements.size()), fresh + elements.size() * 100 + edit);
            } else if (!elements.isEmpty()) {
                elements.remove(-edit % elements.size());
            }
        }
        return elements;
    }

    private static List<Line> changed(List<Line> base, List<Integer> changes, int fresh) {
        List<Line> lines = new ArrayList<>();
        for (int index = 0; index < base.size(); index++) {
            Line line = base.get(index);
            int change = changes.get(index);
            lines.add(new Line(
                    line.id(), change % 2 == 1 ? fresh : line.quantity(), change / 2 == 1 ? fresh : line.price()));
        }
        return lines;
    }

    private static Basket basket(List<Line> lines) {
        return new Basket(lines, Set.of(), Map.of(), null);
    }
}
