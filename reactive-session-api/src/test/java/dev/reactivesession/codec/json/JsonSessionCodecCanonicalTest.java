package dev.reactivesession.codec.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Attribute;
import dev.reactivesession.codec.EncodedValue;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The same value always gives the same bytes, and a new order gives others. */
class JsonSessionCodecCanonicalTest {

    private static final List<String> WORDS =
            List.of("q", "a", "\u00e9", "z", "", "b", "ab", "a\"", "aa", "\ud83d\ude00", "x".repeat(20_000));

    private final JsonSessionCodec codec =
            new JsonSessionCodec(JsonCodecSettings.defaults().withAllowedPackages("dev.reactivesession.codec.json"));

    /** Each one is another, although all look the same. */
    public static class Nameless {

        int number;

        public Nameless() {}

        Nameless(int number) {
            this.number = number;
        }
    }

    record Shelf(Set<Nameless> set, Map<String, Set<Integer>> map, Object anything) {}

    @Test
    void setsAndMapsWithoutAnOrderAreWrittenInOne() {
        for (int round = 0; round < 20; round++) {
            List<String> words = shuffled(WORDS, round);
            assertSame(new HashSet<>(WORDS), filled(new HashSet<>(8 << round % 8), words), null);
            assertSame(Set.copyOf(WORDS), Set.copyOf(words), null);
            assertSame(
                    new HashSet<>(WORDS),
                    filled(new HashSet<>(8 << round % 8), words),
                    Attribute.setOf("a", String.class).type());
            assertSame(mapped(new HashMap<>(), WORDS), mapped(new HashMap<>(8 << round % 8), words), null);
            assertSame(Map.copyOf(mapped(new HashMap<>(), WORDS)), Map.copyOf(mapped(new HashMap<>(), words)), null);
            assertSame(
                    mapped(new ConcurrentHashMap<>(), WORDS),
                    mapped(new ConcurrentHashMap<>(8 << round % 8), words),
                    null);
            assertSame(
                    mapped(new HashMap<>(), WORDS),
                    mapped(new HashMap<>(8 << round % 8), words),
                    Attribute.mapOf("a", String.class, Integer.class).type());
        }
    }

    @Test
    void elementsWithoutAHashCodeOfTheirOwnHaveTheSameBytesAfterEachReading() {
        Set<Object> set = new HashSet<>();
        Map<Object, Object> map = new HashMap<>();
        for (int number = 0; number < 50; number++) {
            set.add(new Nameless(number % 40));
            map.put(new Nameless(number % 40), new HashSet<>(set));
        }
        assertStable(set, null);
        assertStable(map, null);
        assertStable(new ArrayList<>(List.of(set, map)), null);
        Type declared = Attribute.setOf("a", Nameless.class).type();
        assertStable(set, declared);
        Shelf shelf = new Shelf(nameless(30), Map.of("b", Set.of(3, 1, 2), "a", Set.of(9, 8)), nameless(20));
        assertStable(shelf, null);
        assertStable(shelf, Shelf.class);
    }

    @Test
    void whatHasAnOrderKeepsIt() {
        assertThat(text(codec.encode("a", new LinkedHashSet<>(List.of("b", "a")), null)))
                .isEqualTo("[\"LinkedHashSet\",[\"b\",\"a\"]]");
        Map<String, Integer> ordered = new LinkedHashMap<>();
        ordered.put("b", 1);
        ordered.put("a", 2);
        assertThat(text(codec.encode("a", ordered, null))).isEqualTo("[\"LinkedHashMap\",{\"b\":1,\"a\":2}]");
        assertThat(text(codec.encode("a", ordered, Attribute.mapOf("a", String.class, Integer.class).type())))
                .isEqualTo("{\"b\":1,\"a\":2}");
        assertThat(text(codec.encode("a", Collections.unmodifiableSet(new LinkedHashSet<>(List.of("b", "a"))), null)))
                .isEqualTo("[\"Set\",[\"b\",\"a\"]]");
        assertThat(text(codec.encode("a", new TreeSet<>(List.of(10, 9)), null))).isEqualTo("[\"TreeSet\",[9,10]]");
        assertThat(text(codec.encode("a", new TreeMap<>(Map.of(10, 1, 9, 2)), null)))
                .isEqualTo("[\"TreeMap\",[[9,2],[10,1]]]");
    }

    @Test
    void theOrderIsThatOfTheEncodedElements() {
        assertThat(text(codec.encode("a", new HashSet<>(List.of(9, 10, 1L, "x")), null)))
                .isEqualTo("[\"HashSet\",[\"x\",10,9,[\"Long\",1]]]");
        assertThat(text(codec.encode("a", new HashMap<>(Map.of("b", Set.of(2, 1), "a", 1)), null)))
                .isEqualTo("[\"HashMap\",{\"a\":1,\"b\":[\"Set\",[1,2]]}]");
        assertThat(text(codec.encode("a", new HashMap<>(Map.of(2, "b", 1L, "a")), null)))
                .isEqualTo("[\"HashMap\",[[2,\"b\"],[[\"Long\",1],\"a\"]]]");
    }

    @Test
    void bytesStoredInAnotherOrderAreRead() {
        assertThat(codec.decode("a", value("[\"HashSet\",[3,1,2]]"), null)).isEqualTo(Set.of(1, 2, 3));
        assertThat(codec.decode("a", value("[\"Map\",{\"b\":1,\"a\":2}]"), null)).isEqualTo(Map.of("a", 2, "b", 1));
    }

    private static Set<Nameless> nameless(int count) {
        Set<Nameless> set = new HashSet<>();
        for (int number = 0; number < count; number++) {
            set.add(new Nameless(number));
        }
        return set;
    }

    private static List<String> shuffled(List<String> words, int seed) {
        List<String> shuffled = new ArrayList<>(words);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled;
    }

    private static <C extends Collection<String>> C filled(C collection, List<String> words) {
        collection.addAll(words);
        return collection;
    }

    private static Map<String, Integer> mapped(Map<String, Integer> map, List<String> words) {
        words.forEach(word -> map.put(word, word.length()));
        return map;
    }

    private void assertSame(Object one, Object other, @Nullable Type declared) {
        assertThat(codec.encode("a", other, declared)).isEqualTo(codec.encode("a", one, declared));
    }

    private void assertStable(Object value, @Nullable Type declared) {
        EncodedValue encoded = codec.encode("a", value, declared);
        for (int round = 0; round < 5; round++) {
            assertThat(codec.encode("a", codec.decode("a", encoded, declared), declared))
                    .isEqualTo(encoded);
        }
    }

    private static String text(EncodedValue value) {
        return new String(value.buffer(), value.offset(), value.length(), UTF_8);
    }

    private static EncodedValue value(String json) {
        byte[] bytes = json.getBytes(UTF_8);
        return new EncodedValue(true, bytes, 0, bytes.length);
    }
}
