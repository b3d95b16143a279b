package dev.reactivesession.codec.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import dev.reactivesession.Attribute;
import dev.reactivesession.SessionException;
import dev.reactivesession.codec.EncodedValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

@DisplayName("Stored forms of other versions of a class")
class ChangedClassesTest {

    record Point(int x, int y) {}

    record Named(@JsonAlias("label") String name, List<Point> points) {}

    record Holder(Optional<Point> point, Map<String, Point> byName) {}

    record Pairs(Map<Point, Point> pairs) {}

    static class Plate {

        @JsonAlias({"label", "title"})
        public String name = "";

        Plate() {}

        Plate(String name) {
            this.name = name;
        }
    }

    static final class Open {

        String name = "";

        @JsonAnySetter
        @JsonAnyGetter
        Map<String, Object> others = new LinkedHashMap<>();
    }

    private static final Attribute<Point> POINT = Attribute.of("point", Point.class);

    private static final Attribute<Point> MOVED = POINT.version(3, ObjectNode.class, (from, point) -> {
        point.put("x", point.get("x").asInt() + 10 * from);
        return point;
    });

    private final JsonSessionCodec codec = new JsonSessionCodec();

    private static EncodedValue stored(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new EncodedValue(false, bytes, 0, bytes.length);
    }

    private static String text(EncodedValue value) {
        return new String(value.buffer(), value.offset(), value.length(), StandardCharsets.UTF_8);
    }

    private <T> Object read(Attribute<T> attribute, String json) {
        return codec.decode(attribute.name(), attribute, stored(json));
    }

    private <T> String written(Attribute<T> attribute, T value, String before) {
        return text(codec.encode(attribute.name(), attribute, value, stored(before)));
    }

    @Test
    void aValueWithoutANumberIsOfVersionOne() {
        assertThat(read(MOVED, "{\"x\":1,\"y\":2}")).isEqualTo(new Point(11, 2));
    }

    @Test
    void anEarlierVersionIsToldToTheHookAndTheOneOfNowAndALaterOneAreReadAsTheyAre() {
        assertThat(read(MOVED, "{\"x\":1,\"y\":2,\"@version\":2}")).isEqualTo(new Point(21, 2));
        assertThat(read(MOVED, "{\"x\":1,\"y\":2,\"@version\":3}")).isEqualTo(new Point(1, 2));
        assertThat(read(MOVED, "{\"x\":1,\"y\":2,\"@version\":4,\"z\":3}")).isEqualTo(new Point(1, 2));
    }

    @Test
    void aWriteHasTheNumberOfNow() {
        assertThat(written(MOVED, new Point(1, 2), "{}")).isEqualTo("{\"x\":1,\"y\":2,\"@version\":3}");
    }

    @Test
    void withoutAVersionOfItsOwnAWriteTakesTheNumberAway() {
        assertThat(written(POINT.keepUnknown(), new Point(1, 2), "{\"x\":0,\"y\":2,\"z\":5,\"@version\":2}"))
                .isEqualTo("{\"x\":1,\"y\":2,\"z\":5}");
    }

    @Test
    void theElementsOfASetAndTheValuesOfAMapHaveVersionsOfTheirOwn() {
        Attribute<Set<Point>> set =
                new Attribute<Set<Point>>("set") {}.version(3, Map.class, (from, point) -> Map.of("x", from, "y", 0));
        Attribute<Map<String, Point>> map = Attribute.mapOf("map", String.class, Point.class)
                .version(2, ObjectNode.class, (from, point) -> point.put("y", 7));

        assertThat(read(set, "[{\"x\":9,\"y\":9,\"@version\":2},{\"x\":9,\"y\":9}]"))
                .isEqualTo(new LinkedHashSet<>(List.of(new Point(2, 0), new Point(1, 0))));
        assertThat(read(map, "{\"@version\":{\"x\":1,\"y\":1}}")).isEqualTo(Map.of("@version", new Point(1, 7)));
        assertThat(written(map, Map.of("a", new Point(1, 2)), "{}"))
                .isEqualTo("{\"a\":{\"x\":1,\"y\":2,\"@version\":2}}");
    }

    @Test
    void aValueThatNamesItsClassIsUpgradedUnderItsFormerNameToo() {
        JsonSessionCodec before =
                new JsonSessionCodec(JsonCodecSettings.defaults().withAllowedTypes(Point.class));
        EncodedValue typed = before.encode("point", new Point(1, 2), null);
        EncodedValue list = before.encode("list", new ArrayList<>(List.of(new Point(1, 2))), null);

        assertThat(codec.decode("point", MOVED.formerly(Point.class.getName()), typed))
                .isEqualTo(new Point(11, 2));
        assertThat(codec.decode(
                        "list",
                        Attribute.listOf("list", Point.class)
                                .formerly(Point.class.getName())
                                .version(2, ObjectNode.class, (from, point) -> point.put("y", 5)),
                        list))
                .isEqualTo(List.of(new Point(1, 5)));
    }

    @Test
    void numbersPassAHookExactly() {
        record Price(java.math.BigDecimal amount, int count) {}
        Attribute<Price> price = Attribute.of("price", Price.class)
                .version(2, ObjectNode.class, (from, stored) -> stored.put("count", 2));

        assertThat(read(price, "{\"amount\":1.10000000000000000000000000000010,\"count\":1}"))
                .isEqualTo(new Price(new java.math.BigDecimal("1.10000000000000000000000000000010"), 2));
    }

    @Test
    void aHookThatFailsIsAnErrorWithoutContent() {
        Attribute<Point> failing = POINT.version(2, ObjectNode.class, (from, point) -> {
            throw new IllegalStateException("4711 " + point);
        });
        Attribute<Point> nothing = POINT.version(2, ObjectNode.class, (from, point) -> null);

        assertThatThrownBy(() -> read(failing, "{\"x\":4711,\"y\":2}"))
                .isInstanceOf(SessionException.Unreadable.class)
                .hasMessageContaining("'point'")
                .hasMessageNotContaining("4711");
        assertThatThrownBy(() -> read(nothing, "{\"x\":1,\"y\":2}"))
                .isInstanceOf(SessionException.Unreadable.class)
                .hasMessageContaining("made nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"x\":1,\"y\":2,\"@version\":\"2\"}", "{\"x\":1,\"y\":2,\"@version\":99999999999999}"})
    void aNumberThatIsNoneIsUnreadable(String json) {
        assertThatThrownBy(() -> read(MOVED, json)).isInstanceOf(SessionException.Unreadable.class);
    }

    @Test
    void aClassWithoutPropertiesHasNoPlaceForAVersion() {
        Attribute<String> text =
                Attribute.of("text", String.class).version(2, ObjectNode.class, (from, stored) -> stored);

        assertThatThrownBy(() -> codec.encode("text", text, "pen", null))
                .isInstanceOf(SessionException.NotStorable.class)
                .hasMessageContaining("'text'")
                .hasMessageContaining("has a version");
        assertThatThrownBy(() -> POINT.version(1, ObjectNode.class, (from, stored) -> stored))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the first one with a number is 2");
    }

    @Test
    void theFormOfAHookIsATree() {
        Attribute<Point> wrong = POINT.version(2, Point.class, (from, point) -> point);

        assertThatThrownBy(() -> read(wrong, "{\"x\":1,\"y\":2}"))
                .isInstanceOf(SessionException.Unreadable.class)
                .hasMessageContaining("JsonNode, ObjectNode or Map");
    }

    @Test
    void unknownPropertiesStayAtEveryDepthAndGoWithTheirObject() {
        Attribute<Named> named = Attribute.of("named", Named.class).keepUnknown();
        String before =
                "{\"name\":\"a\",\"points\":[{\"x\":1,\"y\":1,\"z\":1},{\"x\":2,\"y\":2,\"z\":2}],\"extra\":[1]}";

        assertThat(written(named, new Named("b", List.of(new Point(2, 3), new Point(4, 4))), before))
                .isEqualTo("{\"name\":\"b\",\"points\":[{\"x\":2,\"y\":3,\"z\":2},{\"x\":4,\"y\":4}],\"extra\":[1]}");
        assertThat(written(named, new Named("a", List.of(new Point(1, 1), new Point(2, 2))), before))
                .isEqualTo(before);
    }

    @Test
    void unknownPropertiesStayInMapsAndOptionals() {
        Attribute<Map<String, Point>> map =
                Attribute.mapOf("map", String.class, Point.class).keepUnknown();
        Attribute<Map<Point, Point>> pairs =
                Attribute.mapOf("pairs", Point.class, Point.class).keepUnknown();
        Attribute<Holder> holder = Attribute.of("holder", Holder.class).keepUnknown();

        assertThat(written(map, Map.of("a", new Point(1, 3)), "{\"a\":{\"x\":1,\"y\":2,\"z\":3},\"b\":{\"z\":4}}"))
                .isEqualTo("{\"a\":{\"x\":1,\"y\":3,\"z\":3}}");
        String pair = "[{\"x\":1,\"y\":1},{\"x\":1,\"y\":%d%s}]";
        assertThat(written(pairs, Map.of(new Point(1, 1), new Point(1, 3)), "[" + pair.formatted(2, ",\"z\":3") + "]"))
                .isEqualTo("[" + pair.formatted(3, ",\"z\":3") + "]");
        assertThat(written(pairs, Map.of(new Point(1, 1), new Point(1, 3)), "[]"))
                .isEqualTo("[" + pair.formatted(3, "") + "]");
        String held = "{\"point\":[{\"x\":1,\"y\":%d,\"z\":3}],\"byName\":{}}";
        assertThat(written(holder, new Holder(Optional.of(new Point(1, 9)), Map.of()), held.formatted(2)))
                .isEqualTo(held.formatted(9));
        assertThat(written(holder, new Holder(Optional.empty(), Map.of()), held.formatted(2)))
                .isEqualTo("{\"point\":[],\"byName\":{}}");
    }

    @Test
    void elementsThatHoldMapsAndOptionalsAreRecognizedWithoutWhatIsUnknown() {
        Attribute<List<Holder>> holders =
                Attribute.listOf("holders", Holder.class).keepUnknown();
        String one = "{\"point\":[{\"x\":1,\"y\":1,\"z\":1}],\"byName\":{\"a\":{\"x\":1,\"y\":1,\"z\":2}}}";
        String two = "{\"point\":[{\"x\":2,\"y\":2,\"z\":3}],\"byName\":{\"b\":{\"x\":2,\"y\":2,\"z\":4}}}";
        Holder first = new Holder(Optional.of(new Point(1, 1)), Map.of("a", new Point(1, 1)));
        Holder second = new Holder(Optional.of(new Point(2, 2)), Map.of("b", new Point(2, 2)));

        assertThat(written(holders, List.of(second, first), "[" + one + "," + two + "]"))
                .isEqualTo("[" + two + "," + one + "]");
        assertThat(written(holders, List.of(second), "[" + one + "," + two + "]"))
                .isEqualTo("[" + two + "]");
        assertThat(written(holders, List.of(second, second), "[" + two + "," + two + "]"))
                .isEqualTo("[" + two + "," + two + "]");
    }

    @Test
    void anElementThatIsNotTheOneBeforeKeepsNothingOfIt() {
        Attribute<List<Point>> points = Attribute.listOf("points", Point.class).keepUnknown();

        assertThat(written(points, List.of(new Point(9, 8)), "[{\"x\":1,\"y\":2,\"z\":3}]"))
                .isEqualTo("[{\"x\":9,\"y\":8}]");
    }

    @Test
    void elementsWithMapsWhoseKeysAreNoNamesAreRecognized() {
        Attribute<List<Pairs>> all = Attribute.listOf("all", Pairs.class).keepUnknown();
        String one = "{\"pairs\":[[{\"x\":1,\"y\":1},{\"x\":1,\"y\":1,\"z\":1}]]}";
        String two = "{\"pairs\":[[{\"x\":2,\"y\":2},{\"x\":2,\"y\":2,\"z\":2}]]}";

        assertThat(written(
                        all,
                        List.of(
                                new Pairs(Map.of(new Point(2, 2), new Point(2, 2))),
                                new Pairs(Map.of(new Point(1, 1), new Point(1, 1)))),
                        "[" + one + "," + two + "]"))
                .isEqualTo("[" + two + "," + one + "]");
    }

    @Test
    void membersOfASetKeepTheirsAndAMemberThatIsRemovedDoesNotComeBack() {
        Attribute<Set<Point>> set = Attribute.setOf("set", Point.class).keepUnknown();

        assertThat(written(set, Set.of(new Point(2, 2)), "[{\"x\":1,\"y\":1,\"z\":1},{\"x\":2,\"y\":2,\"z\":2}]"))
                .isEqualTo("[{\"x\":2,\"y\":2,\"z\":2}]");
    }

    @Test
    void anotherNameOfAPropertyIsNotUnknownAndAClassWithAPlaceForAnyKeepsThemItself() {
        Attribute<Named> named = Attribute.of("named", Named.class).keepUnknown();
        Attribute<Plate> plate = Attribute.of("plate", Plate.class).keepUnknown();
        Attribute<Open> open = Attribute.of("open", Open.class).keepUnknown();

        assertThat(written(plate, new Plate("b"), "{\"title\":\"a\"}")).isEqualTo("{\"name\":\"b\"}");
        assertThat(written(named, new Named("b", List.of()), "{\"label\":\"a\",\"points\":[]}"))
                .isEqualTo("{\"name\":\"b\",\"points\":[]}");
        assertThat(written(open, new Open(), "{\"name\":\"\",\"more\":1}")).isEqualTo("{\"name\":\"\"}");
    }
}
