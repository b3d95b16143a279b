package dev.reactivesession.codec.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.reactivesession.Attribute;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.MergedValue;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The places inside a value that a merge recognizes, and those that it leaves alone. */
class MergedPlacesTest {

    record Line(String product, int quantity, boolean gift) {}

    record Drawing(
            String name,
            @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME) Shape shape) {}

    record Note(String name, Object data) {}

    record Shape(int width, int height) {}

    private static final Type LINES = Attribute.listOf("a", Line.class).type();

    private static final Type COUNTS =
            Attribute.mapOf("a", String.class, Integer.class).type();

    private static final Line PEN = new Line("pen", 1, false);

    private static final Line INK = new Line("ink", 1, false);

    private static final Line MORE_INK = new Line("ink", 2, false);

    private static final Line CUP = new Line("cup", 7, true);

    private final JsonSessionCodec codec =
            new JsonSessionCodec(JsonCodecSettings.defaults().withAllowedPackages("dev.reactivesession.codec"));

    @Test
    void twoTextsAreAListOfTwoElements() {
        assertThat(plain("[\"a\",\"b\"]", "[\"x\",\"b\"]", "[\"a\",\"y\"]")).contains("[\"x\",\"y\"]");
    }

    @Test
    void aTextThatBeginsWithADotNamesNoType() {
        assertThat(plain("[\".a\",\"b\"]", "[\".x\",\"b\"]", "[\".a\",\"y\"]")).contains("[\".x\",\"y\"]");
    }

    @Test
    void theValueBehindTheNameOfATypeIsMerged() {
        for (String name : List.of("java.util.ArrayList", "com.example.Cart", "int[]")) {
            String named = "[\"" + name + "\",";
            assertThat(plain(named + "[1]]", named + "[1,2]]", named + "[1,3]]"))
                    .contains(named + "[1,3,2]]");
        }
    }

    @Test
    void arraysAreMergedAsLists() {
        MergedValue merged = merge(new int[] {1}, new int[] {1, 2}, new int[] {1, 3}, int[].class);
        assertThat(merged.conflicts()).isEmpty();
        assertThat(codec.decode("a", merged.value(), int[].class)).isEqualTo(new int[] {1, 3, 2});
    }

    @Test
    void aPropertyThatNamesItsTypeInItsOwnWayIsAWhole() {
        MergedValue merged = merge(
                new Drawing("d", new Shape(1, 1)),
                new Drawing("e", new Shape(2, 1)),
                new Drawing("d", new Shape(1, 2)),
                Drawing.class);
        assertThat(merged.conflicts()).containsExactly("/shape");
        assertThat(codec.decode("a", merged.value(), Drawing.class)).isEqualTo(new Drawing("e", new Shape(2, 1)));
    }

    @Test
    void aMapInAPlaceForAnythingIsMergedKeyByKey() {
        MergedValue merged = merge(
                new Note("n", ordered("a", 1)),
                new Note("n", ordered("a", 1, "b", 2)),
                new Note("n", ordered("a", 1, "c", 3)),
                Note.class);
        assertThat(merged.conflicts()).isEmpty();
        assertThat(codec.decode("a", merged.value(), Note.class))
                .isEqualTo(new Note("n", Map.of("a", 1, "b", 2, "c", 3)));
    }

    private static Map<String, Object> ordered(Object... entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int each = 0; each < entries.length; each += 2) {
            map.put((String) entries[each], entries[each + 1]);
        }
        return map;
    }

    @Test
    void anElementBeforeOneThatChangedIsInsertedThere() {
        assertMerge(
                List.of(CUP, PEN),
                List.of(CUP, new Line("ink", 8, true), new Line("pen", 2, false)),
                List.of(CUP, PEN, new Line("mug", 9, true)),
                LINES,
                List.of(CUP, new Line("ink", 8, true), new Line("pen", 2, false), new Line("mug", 9, true)));
    }

    @Test
    void anElementThatMovedToThePlaceOfAnotherIsThereOnce() {
        assertMerge(
                List.of(CUP, new Line("pen", 5, true), INK),
                List.of(CUP, MORE_INK, new Line("mug", 9, false)),
                List.of(CUP, new Line("pen", 5, true), INK, new Line("cap", 3, true)),
                LINES,
                List.of(CUP, MORE_INK, new Line("cap", 3, true), new Line("mug", 9, false)));
    }

    @Test
    void anEntryChangedHereAndRemovedThereIsAConflictAndOurs() {
        MergedValue merged = merge(Map.of("a", 1), Map.of("a", 2), Map.of(), COUNTS);
        assertThat(merged.conflicts()).containsExactly("/a");
        assertThat(codec.decode("a", merged.value(), COUNTS)).isEqualTo(Map.of("a", 2));
        MergedValue other = merge(Map.of("a", 1), Map.of(), Map.of("a", 2), COUNTS);
        assertThat(other.conflicts()).containsExactly("/a");
        assertThat(codec.decode("a", other.value(), COUNTS)).isEqualTo(Map.of());
    }

    private Optional<String> plain(String base, String ours, String theirs) {
        return codec.merge(plain(base), plain(ours), plain(theirs))
                .filter(merged -> merged.conflicts().isEmpty())
                .map(merged -> text(merged.value()));
    }

    private static EncodedValue plain(String json) {
        byte[] bytes = json.getBytes(UTF_8);
        return new EncodedValue(false, bytes, 0, bytes.length);
    }

    private static String text(EncodedValue value) {
        return new String(Arrays.copyOfRange(value.buffer(), value.offset(), value.offset() + value.length()), UTF_8);
    }

    private void assertMerge(Object base, Object ours, Object theirs, Type declared, Object expected) {
        MergedValue merged = merge(base, ours, theirs, declared);
        assertThat(merged.conflicts()).isEmpty();
        assertThat(codec.decode("a", merged.value(), declared)).isEqualTo(expected);
    }

    private MergedValue merge(Object base, Object ours, Object theirs, @Nullable Type declared) {
        return codec.merge(
                        codec.encode("a", base, declared),
                        codec.encode("a", ours, declared),
                        codec.encode("a", theirs, declared),
                        declared)
                .orElseThrow();
    }
}
