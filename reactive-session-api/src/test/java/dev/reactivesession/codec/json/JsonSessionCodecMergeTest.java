package dev.reactivesession.codec.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Attribute;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.MergedValue;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two changes of one value become one, element by element. */
class JsonSessionCodecMergeTest {

    private final JsonSessionCodec codec =
            new JsonSessionCodec(JsonCodecSettings.defaults().withAllowedPackages("dev.reactivesession.codec"));

    record Line(String product, int quantity, boolean gift) {}

    record Basket(String owner, List<Line> lines, Set<String> tags, Map<String, Integer> stock, Optional<Line> last) {}

    static class Wish {

        private final List<String> names = new ArrayList<>();

        private @Nullable Object note;

        Wish() {}

        Wish(List<String> names, @Nullable Object note) {
            this.names.addAll(names);
            this.note = note;
        }
    }

    private static final Type STRINGS = Attribute.listOf("a", String.class).type();

    private static final Type LINES = Attribute.listOf("a", Line.class).type();

    @Test
    void additionsOfBothSidesAreKeptAndTheirsComeFirst() {
        for (Type declared : types(STRINGS)) {
            assertMerge(List.of("a"), List.of("a", "b"), List.of("a", "c"), declared, List.of("a", "c", "b"));
            assertMerge(List.of(), List.of("a"), List.of("b"), declared, List.of("b", "a"));
            assertMerge(List.of("a"), List.of("x", "a"), List.of("a", "c"), declared, List.of("x", "a", "c"));
            assertMerge(
                    List.of("a", "b", "c"),
                    List.of("a", "x", "b", "c"),
                    List.of("a", "b", "y", "c"),
                    declared,
                    List.of("a", "x", "b", "y", "c"));
        }
    }

    @Test
    void anElementThatEitherSideRemovedIsGone() {
        for (Type declared : types(STRINGS)) {
            assertMerge(List.of("a", "b", "c"), List.of("b", "c"), List.of("a", "b"), declared, List.of("b"));
            assertMerge(List.of("a", "b"), List.of(), List.of("a", "b", "c"), declared, List.of("c"));
            assertMerge(List.of("a", "b"), List.of("b", "a"), List.of("b"), declared, List.of("b"));
        }
    }

    @Test
    void occurrencesAreCounted() {
        for (Type declared : types(STRINGS)) {
            assertMerge(List.of("x", "x"), List.of("x"), List.of("x", "x", "y"), declared, List.of("x", "y"));
            assertMerge(List.of("x", "x"), List.of("x"), List.of("x", "y"), declared, List.of("y"));
            assertMerge(List.of("x"), List.of("x", "x"), List.of("x", "x", "x"), declared, List.of("x", "x", "x", "x"));
        }
    }

    @Test
    void oneElementReplacedByBothSidesIsAConflictThatIsOurs() {
        MergedValue merged = merge(List.of("a", "b", "c"), List.of("a", "X", "c"), List.of("a", "Y", "c"), STRINGS);
        assertThat(decode(merged, STRINGS)).isEqualTo(List.of("a", "X", "c"));
        assertThat(merged.conflicts()).containsExactly("/1");
    }

    @Test
    void differentPropertiesOfOneBeanInAListAreMerged() {
        Line pen = new Line("pen", 1, false);
        Line ink = new Line("ink", 1, false);
        for (Type declared : types(LINES)) {
            assertMerge(
                    List.of(pen, ink),
                    List.of(new Line("pen", 2, false), ink),
                    List.of(new Line("pen", 1, true), ink),
                    declared,
                    List.of(new Line("pen", 2, true), ink));
            assertMerge(
                    List.of(pen, ink),
                    List.of(pen, new Line("ink", 5, false), new Line("cap", 1, false)),
                    List.of(new Line("tip", 1, true), pen, new Line("ink", 1, true)),
                    declared,
                    List.of(new Line("tip", 1, true), pen, new Line("ink", 5, true), new Line("cap", 1, false)));
        }
    }

    @Test
    void onePropertySetByBothSidesIsAConflictAndNamed() {
        Basket base = basket(new Line("pen", 1, false), new Line("ink", 1, false));
        Basket ours = basket(new Line("pen", 1, true), new Line("ink", 2, true));
        Basket theirs = basket(new Line("pen", 3, false), new Line("ink", 3, false));
        for (Type declared : types(Basket.class)) {
            MergedValue merged = merge(base, ours, theirs, declared);
            assertThat(decode(merged, declared)).isEqualTo(basket(new Line("pen", 3, true), new Line("ink", 2, true)));
            assertThat(merged.conflicts()).containsExactly("/lines/1/quantity");
        }
    }

    @Test
    void anElementChangedHereAndRemovedThereIsAConflict() {
        Line pen = new Line("pen", 1, false);
        Line more = new Line("pen", 2, false);
        MergedValue merged = merge(List.of(pen), List.of(more), List.of(), LINES);
        assertThat(decode(merged, LINES)).isEqualTo(List.of(more));
        assertThat(merged.conflicts()).containsExactly("/0");
        merged = merge(List.of(pen), List.of(), List.of(more), LINES);
        assertThat(decode(merged, LINES)).isEqualTo(List.of());
        assertThat(merged.conflicts()).containsExactly("/0");
    }

    @Test
    void setsAreUnitedAndWhatIsRemovedIsGone() {
        for (Type declared : types(Attribute.setOf("a", String.class).type())) {
            assertMerge(
                    new HashSet<>(Set.of("a", "b")),
                    new HashSet<>(Set.of("b", "x")),
                    new HashSet<>(Set.of("a", "y")),
                    declared,
                    Set.of("x", "y"));
            assertMerge(
                    new LinkedHashSet<>(List.of("a")),
                    new LinkedHashSet<>(List.of("x")),
                    new LinkedHashSet<>(List.of("y")),
                    declared,
                    Set.of("x", "y"));
            assertMerge(
                    new TreeSet<>(List.of("a", "m")),
                    new TreeSet<>(List.of("a", "b", "m")),
                    new TreeSet<>(List.of("a", "b", "c")),
                    declared,
                    Set.of("a", "b", "c"));
        }
    }

    @Test
    void mapsAreMergedKeyByKey() {
        for (Type declared :
                types(Attribute.mapOf("a", String.class, Integer.class).type())) {
            assertMerge(
                    new HashMap<>(Map.of("a", 1, "b", 1, "c", 1)),
                    new HashMap<>(Map.of("a", 2, "b", 1, "x", 1)),
                    new HashMap<>(Map.of("a", 1, "c", 1, "y", 1)),
                    declared,
                    Map.of("a", 2, "x", 1, "y", 1));
            MergedValue merged = merge(
                    new HashMap<>(Map.of("a", 1, "b", 1)),
                    new HashMap<>(Map.of("a", 2)),
                    new HashMap<>(Map.of("a", 3, "b", 2)),
                    declared);
            assertThat(decode(merged, declared)).isEqualTo(Map.of("a", 2));
            assertThat(merged.conflicts()).containsExactlyInAnyOrder("/a", "/b");
        }
    }

    @Test
    void mapsWhoseKeysAreNoNamesAreMergedKeyByKey() {
        for (Type declared :
                types(Attribute.mapOf("a", Shop.Point.class, Integer.class).type())) {
            Shop.Point one = new Shop.Point(1, 1);
            Shop.Point two = new Shop.Point(2, 2);
            Shop.Point three = new Shop.Point(3, 3);
            assertMerge(
                    new HashMap<>(Map.of(one, 1, two, 1)),
                    new HashMap<>(Map.of(one, 2, two, 1, three, 3)),
                    new HashMap<>(Map.of(one, 1)),
                    declared,
                    Map.of(one, 2, three, 3));
            assertMerge(
                    new HashMap<>(),
                    new HashMap<>(Map.of(one, 1)),
                    new HashMap<>(Map.of(two, 1)),
                    declared,
                    Map.of(one, 1, two, 1));
        }
    }

    @Test
    void aCollectionThatBothSidesBeganUnderOneKeyIsMerged() {
        Type declared = new Attribute<Map<String, List<String>>>("a") {}.type();
        assertMerge(
                Map.of(),
                Map.of("k", List.of("a")),
                Map.of("k", List.of("b")),
                declared,
                Map.of("k", List.of("b", "a")));
        assertMerge(
                new HashMap<>(),
                new HashMap<>(Map.of("k", new ArrayList<>(List.of("a")))),
                new HashMap<>(Map.of("k", new ArrayList<>(List.of("b")))),
                null,
                Map.of("k", List.of("b", "a")));
    }

    @Test
    void recordsAreMergedPropertyByPropertyWithAllThatIsInThem() {
        Line pen = new Line("pen", 1, false);
        Basket base = new Basket("o", List.of(pen), Set.of("t"), Map.of("s", 1), Optional.of(pen));
        Basket ours =
                new Basket("ours", List.of(), Set.of("t", "x"), Map.of("s", 1), Optional.of(new Line("pen", 2, false)));
        Basket theirs = new Basket(
                "o",
                List.of(pen, new Line("ink", 1, false)),
                Set.of("y"),
                Map.of("s", 2, "n", 1),
                Optional.of(new Line("pen", 1, true)));
        Basket expected = new Basket(
                "ours",
                List.of(new Line("ink", 1, false)),
                Set.of("x", "y"),
                Map.of("s", 2, "n", 1),
                Optional.of(new Line("pen", 2, true)));
        for (Type declared : types(Basket.class)) {
            assertMerge(base, ours, theirs, declared, expected);
        }
    }

    @Test
    void aNewOrderIsKept() {
        Type declared = Attribute.mapOf("a", String.class, Integer.class).type();
        Map<String, Integer> base = ordered("a", "b", "c");
        MergedValue merged = merge(base, ordered("c", "a", "b"), ordered("a", "b", "c", "d"), declared);
        assertThat(new ArrayList<>(((Map<?, ?>) decode(merged, declared)).keySet()).toString())
                .isEqualTo("[c, a, b, d]");
    }

    @Test
    void nothingIsMergedAcrossTypes() {
        EncodedValue list = codec.encode("a", new ArrayList<>(List.of(1)), null);
        EncodedValue longer = codec.encode("a", new ArrayList<>(List.of(1, 2)), null);
        EncodedValue set = codec.encode("a", new HashSet<>(List.of(1, 3)), null);
        assertThat(codec.merge(list, longer, set)).isEmpty();
        assertThat(codec.merge(list, set, longer)).isEmpty();
        MergedValue merged = merge(
                new Wish(List.of(), new ArrayList<>(List.of(1))),
                new Wish(List.of(), new HashSet<>(List.of(1))),
                new Wish(List.of("theirs"), new ArrayList<>(List.of(1, 2))),
                null);
        assertThat(merged.conflicts()).containsExactly("/note");
        assertThat(((Wish) decode(merged, null)).note).isEqualTo(Set.of(1));
        assertThat(((Wish) decode(merged, null)).names).containsExactly("theirs");
    }

    @Test
    void aSingleValueSetByBothSidesIsNotMerged() {
        assertThat(codec.merge(plain("1"), plain("2"), plain("3"))).isEmpty();
        assertThat(codec.merge(plain("1"), plain("2"), plain("3"), Long.class)).isEmpty();
        assertThat(codec.merge(codec.encode("a", 1L, null), codec.encode("a", 2L, null), codec.encode("a", 3L, null)))
                .isEmpty();
    }

    @Test
    void noDataIsMergedThatCannotBeRead() {
        EncodedValue base = codec.encode("a", new ArrayList<>(List.of(1)), null);
        EncodedValue ours = codec.encode("a", new ArrayList<>(List.of(1, 2)), null);
        for (String hostile : List.of(
                "[\"ArrayList\",[1,[\"java.io.File\",\"x\"]]]",
                "[\"ArrayList\",[1,{\"@class\":\"com.example.Unlisted\"}]]",
                "[\"ArrayList\",[1,[\"Long\",\"x\"]]]",
                "[\"ArrayList\",[1",
                "[\"ArrayList\"]",
                "[\"ArrayList\"," + "[[\"List\",".repeat(300) + "1" + "]]".repeat(300) + "]")) {
            assertThat(codec.merge(base, ours, value(true, hostile)))
                    .as(hostile)
                    .isEmpty();
            assertThat(codec.merge(base, value(true, hostile), ours))
                    .as(hostile)
                    .isEmpty();
            assertThat(codec.merge(value(true, hostile), base, ours))
                    .as(hostile)
                    .isEmpty();
        }
        assertThat(codec.merge(plain("[1"), plain("[1,2]"), plain("[]"), STRINGS))
                .isEmpty();
    }

    @Test
    void plainDataWithoutADeclaredTypeIsMergedAsJson() {
        assertPlain("[1,2]", "[1,2,3]", "[2]", "[2,3]");
        assertPlain("{\"a\":[1]}", "{\"a\":[1,2]}", "{\"a\":[1],\"b\":0}", "{\"a\":[1,2],\"b\":0}");
        assertPlain("[\"a\"]", "[\"b\"]", "[\"c\"]", "[\"c\",\"b\"]");
        assertThat(codec.merge(plain("[\"Long\",1]"), plain("[\"Long\",2]"), plain("[\"Double\",1]")))
                .isEmpty();
    }

    @Test
    void anOlderFormOfTheSameValueIsNoChange() {
        Type declared = Attribute.setOf("a", String.class).type();
        EncodedValue typed = codec.encode("a", new ArrayList<>(List.of("a")), null);
        MergedValue merged =
                codec.merge(typed, plain("[\"a\",\"b\"]"), typed, STRINGS).orElseThrow();
        assertThat(decode(merged, STRINGS)).isEqualTo(List.of("a", "b"));
        assertThat(codec.merge(plain("[\"b\",\"a\"]"), plain("[\"b\"]"), plain("[\"b\",\"a\",\"c\"]"), declared)
                        .map(value -> decode(value, declared)))
                .hasValue(Set.of("b", "c"));
    }

    @Test
    void anElementReplacedByOneSideIsReplaced() {
        for (Type declared : types(STRINGS)) {
            assertMerge(List.of("a", "b"), List.of("a", "X"), List.of("n", "a", "b"), declared, List.of("n", "a", "X"));
            assertMerge(List.of("a", "b"), List.of("n", "a", "b"), List.of("a", "X"), declared, List.of("n", "a", "X"));
        }
    }

    @Test
    void anElementThatBothSidesMovedIsThereOnceWhereOursPutIt() {
        for (Type declared : types(STRINGS)) {
            assertMerge(
                    List.of("a", "b", "c"),
                    List.of("b", "c", "a"),
                    List.of("b", "c", "a", "d"),
                    declared,
                    List.of("b", "c", "d", "a"));
            assertMerge(
                    List.of("a", "b", "c"),
                    List.of("c", "a", "b"),
                    List.of("c", "a", "b", "d"),
                    declared,
                    List.of("c", "a", "b", "d"));
        }
    }

    @Test
    void listsInAListAreRecognizedByTheirEnds() {
        Type declared = new Attribute<List<List<Integer>>>("a") {}.type();
        List<Integer> first = List.of(1, 2, 3);
        List<Integer> second = List.of(4, 5, 6);
        assertMerge(
                List.of(first, second),
                List.of(List.of(1, 2, 3, 7), second),
                List.of(List.of(9), List.of(0, 1, 2, 3), second),
                declared,
                List.of(List.of(9), List.of(0, 1, 2, 3, 7), second));
        assertMerge(
                List.of(first, second),
                List.of(List.of(1, 2, 3, 7)),
                List.of(List.of(0), first, second),
                declared,
                List.of(List.of(0), List.of(1, 2, 3, 7)));
        assertMerge(
                List.of(first, List.of(1, 8, 3)),
                List.of(first, List.of(1, 8, 8, 3)),
                List.of(List.of(1, 8, 3, 9)),
                declared,
                List.of(List.of(1, 8, 8, 3, 9)));
    }

    @Test
    void aBeanIsRecognizedByTheMostPropertiesInCommon() {
        Line pen = new Line("pen", 1, false);
        Line ink = new Line("ink", 2, true);
        for (Type declared : types(LINES)) {
            assertMerge(
                    List.of(pen, ink),
                    List.of(new Line("ink", 5, true)),
                    List.of(pen, new Line("ink", 2, false)),
                    declared,
                    List.of(new Line("ink", 5, false)));
        }
    }

    @Test
    void beansWithNothingInCommonAreNotTheSameThoughTheirTypeIs() {
        List<Object> base = new ArrayList<>(List.of(new Line("pen", 1, false)));
        List<Object> ours = new ArrayList<>(List.of(new Line("ink", 2, true)));
        List<Object> theirs = new ArrayList<>(List.of(new Line("cap", 3, true)));
        for (Type declared : types(LINES)) {
            MergedValue merged = merge(base, ours, theirs, declared);
            assertThat(decode(merged, declared)).isEqualTo(ours);
            assertThat(merged.conflicts()).containsExactly("/0");
        }
    }

    @Test
    void aKeyThatBothSidesAddedIsAConflictWhereTheirValuesDiffer() {
        for (Type declared :
                types(Attribute.mapOf("a", String.class, Integer.class).type())) {
            assertMerge(
                    new HashMap<>(),
                    new HashMap<>(Map.of("k", 1, "a", 1)),
                    new HashMap<>(Map.of("k", 1, "b", 1)),
                    declared,
                    Map.of("k", 1, "a", 1, "b", 1));
            MergedValue merged = merge(
                    new HashMap<>(), new HashMap<>(Map.of("k", 1)), new HashMap<>(Map.of("k", 2, "b", 1)), declared);
            assertThat(decode(merged, declared)).isEqualTo(Map.of("k", 1, "b", 1));
            assertThat(merged.conflicts()).containsExactly("/k");
        }
    }

    @Test
    void setsAndMapsThatBothSidesBeganUnderOneKeyAreMerged() {
        Type sets = new Attribute<Map<String, Set<String>>>("a") {}.type();
        assertMerge(Map.of(), Map.of("k", Set.of("a")), Map.of("k", Set.of("b")), sets, Map.of("k", Set.of("a", "b")));
        Type maps = new Attribute<Map<String, Map<String, Integer>>>("a") {}.type();
        assertMerge(
                Map.of(),
                Map.of("k", Map.of("a", 1)),
                Map.of("k", Map.of("b", 2)),
                maps,
                Map.of("k", Map.of("a", 1, "b", 2)));
    }

    @Test
    void valuesBehindKeysThatAreNoNamesAreMergedThemselves() {
        Type declared = new Attribute<Map<Shop.Point, List<Integer>>>("a") {}.type();
        Shop.Point one = new Shop.Point(1, 1);
        assertMerge(
                new HashMap<>(Map.of(one, List.of(1))),
                new HashMap<>(Map.of(one, List.of(1, 2))),
                new HashMap<>(Map.of(one, List.of(1, 3))),
                declared,
                Map.of(one, List.of(1, 3, 2)));
        assertMerge(
                new HashMap<>(Map.of(one, List.of(1))),
                new HashMap<>(),
                new HashMap<>(Map.of(one, List.of(1), new Shop.Point(2, 2), List.of(2))),
                declared,
                Map.of(new Shop.Point(2, 2), List.of(2)));
    }

    @Test
    void aMapThatIsWrittenInAnotherWayOnOneSideIsNotMerged() {
        Map<Object, Object> named = new HashMap<>(Map.of("a", 1));
        Map<Object, Object> unnamed = new HashMap<>(Map.of("a", 1, 5, 1));
        Map<Object, Object> more = new HashMap<>(Map.of("a", 1, "b", 1));
        EncodedValue base = codec.encode("a", named, null);
        EncodedValue ours = codec.encode("a", unnamed, null);
        EncodedValue theirs = codec.encode("a", more, null);
        assertThat(text(ours))
                .as("with a key that is no name it is written as pairs")
                .contains("[[");
        assertThat(codec.merge(base, ours, theirs)).isEmpty();
        assertThat(codec.merge(base, theirs, ours)).isEmpty();
        assertThat(codec.merge(ours, base, codec.encode("a", new HashMap<>(), null)))
                .isEmpty();
    }

    @Test
    void aListThatBothSidesPutInPlaceOfNothingIsAConflict() {
        Basket base = new Basket("o", null, Set.of(), Map.of(), Optional.empty());
        Line pen = new Line("pen", 1, false);
        Line ink = new Line("ink", 1, false);
        for (Type declared : types(Basket.class)) {
            MergedValue merged = merge(base, basket(pen), basket(ink), declared);
            assertThat(((Basket) decode(merged, declared)).lines()).containsExactly(pen);
            assertThat(merged.conflicts()).containsExactly("/lines");
        }
    }

    @Test
    void plainNumbersAreNoNamesOfTypes() {
        assertPlain("[1.5,2]", "[1.5,2,3]", "[0,1.5,2]", "[0,1.5,2,3]");
    }

    @Test
    void longListsAreMergedQuickly() {
        List<Integer> base = IntStream.range(0, 10_000).boxed().toList();
        List<Integer> ours = new ArrayList<>(base);
        List<Integer> theirs = new ArrayList<>(base);
        for (int index = 0; index < 5_000; index++) {
            ours.set(2 * index, -index);
            theirs.remove(Integer.valueOf(2 * index + 1));
        }
        Type declared = Attribute.listOf("a", Integer.class).type();
        MergedValue merged = merge(base, ours, theirs, declared);
        assertThat((List<?>) decode(merged, declared)).hasSize(5_000);
        List<Integer> few =
                IntStream.range(0, 10_000).mapToObj(index -> index * 7919 % 3).toList();
        List<Integer> reversed = new ArrayList<>(few);
        java.util.Collections.reverse(reversed);
        List<Integer> more = new ArrayList<>(few);
        more.addAll(Arrays.asList(7, 8, 9));
        assertThat((List<?>) decode(merge(few, reversed, more, declared), declared))
                .hasSize(10_003);
        assertThat((List<?>) decode(
                        merge(List.of(), IntStream.range(0, 10_000).boxed().toList(), few, declared), declared))
                .hasSize(20_000);
    }

    private static Map<String, Integer> ordered(String... keys) {
        Map<String, Integer> map = new LinkedHashMap<>();
        for (String key : keys) {
            map.put(key, 1);
        }
        return map;
    }

    private static Basket basket(Line... lines) {
        return new Basket("o", List.of(lines), Set.of(), Map.of(), Optional.empty());
    }

    /** Declared, and told by the data. */
    private static List<@Nullable Type> types(Type declared) {
        return Arrays.asList(declared, null);
    }

    private void assertMerge(Object base, Object ours, Object theirs, @Nullable Type declared, Object expected) {
        MergedValue merged = merge(base, ours, theirs, declared);
        assertThat(merged.conflicts()).isEmpty();
        assertThat(decode(merged, declared)).isEqualTo(expected);
    }

    private void assertPlain(String base, String ours, String theirs, String expected) {
        MergedValue merged =
                codec.merge(plain(base), plain(ours), plain(theirs)).orElseThrow();
        assertThat(merged.conflicts()).isEmpty();
        assertThat(text(merged.value())).isEqualTo(expected);
    }

    private MergedValue merge(Object base, Object ours, Object theirs, @Nullable Type declared) {
        return codec.merge(
                        codec.encode("a", base, declared),
                        codec.encode("a", ours, declared),
                        codec.encode("a", theirs, declared),
                        declared)
                .orElseThrow();
    }

    private Object decode(MergedValue merged, @Nullable Type declared) {
        return codec.decode("a", merged.value(), declared);
    }

    private static String text(EncodedValue value) {
        return new String(value.buffer(), value.offset(), value.length(), UTF_8);
    }

    private static EncodedValue plain(String json) {
        return value(false, json);
    }

    private static EncodedValue value(boolean typed, String json) {
        byte[] bytes = json.getBytes(UTF_8);
        return new EncodedValue(typed, bytes, 0, bytes.length);
    }
}
