package dev.reactivesession.codec.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.Attribute;
import dev.reactivesession.SessionException;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.json.Shop.Cart;
import dev.reactivesession.codec.json.Shop.Circle;
import dev.reactivesession.codec.json.Shop.Color;
import dev.reactivesession.codec.json.Shop.Item;
import dev.reactivesession.codec.json.Shop.Member;
import dev.reactivesession.codec.json.Shop.Point;
import dev.reactivesession.codec.json.Shop.Shape;
import dev.reactivesession.codec.json.Shop.Visitor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A declared type says what is read back, and leaves nothing for the data to say. */
class JsonSessionCodecDeclaredTest {

    private final JsonSessionCodec codec = new JsonSessionCodec();

    private final JsonSessionCodec allowing =
            new JsonSessionCodec(JsonCodecSettings.defaults().withAllowedPackages("dev.reactivesession.codec"));

    @Test
    void aDeclaredValueIsPlainJsonWithoutAnyTypeName() {
        Item pen = new Item("pen", 3, new BigDecimal("1.50"));
        assertStored(Attribute.of("a", Long.class), 5L, "5");
        assertStored(Attribute.of("a", Double.class), Double.NaN, "\"NaN\"");
        assertStored(Attribute.of("a", Character.class), 'x', "\"x\"");
        assertStored(Attribute.of("a", Instant.class), Instant.EPOCH, "\"1970-01-01T00:00:00Z\"");
        assertStored(Attribute.of("a", ZoneId.class), ZoneId.of("Europe/Berlin"), "\"Europe/Berlin\"");
        assertStored(Attribute.of("a", Color.class), Color.GREEN, "\"GREEN\"");
        assertStored(Attribute.of("a", int[].class), new int[] {1}, "[1]");
        assertStored(Attribute.of("a", Item.class), pen, "{\"name\":\"pen\",\"count\":3,\"price\":\"1.50\"}");
        assertStored(Attribute.listOf("a", String.class), List.of("x", "y"), "[\"x\",\"y\"]");
        assertStored(
                Attribute.listOf("a", Item.class), List.of(pen), "[{\"name\":\"pen\",\"count\":3,\"price\":\"1.50\"}]");
        assertStored(Attribute.setOf("a", Long.class), new LinkedHashSet<>(List.of(2L, 1L)), "[2,1]");
        assertStored(
                Attribute.mapOf("a", LocalDate.class, Point.class),
                Map.of(LocalDate.EPOCH, new Point(1, 2)),
                "{\"1970-01-01\":{\"x\":1,\"y\":2}}");
        assertStored(
                Attribute.mapOf("a", Point.class, Color.class),
                Map.of(new Point(1, 2), Color.RED),
                "[[{\"x\":1,\"y\":2},\"RED\"]]");
        assertStored(
                new Attribute<Map<String, List<Set<Long>>>>("a") {}, Map.of("k", List.of(Set.of(1L))), "{\"k\":[[1]]}");
        assertStored(new Attribute<Optional<Optional<Long>>>("a") {}, Optional.of(Optional.empty()), "[[]]");
        assertStored(new Attribute<EnumMap<Color, Long>>("a") {}, new EnumMap<>(Color.class), "{}");
    }

    @Test
    void aDeclaredListIsAnArrayListAndASetAndAMapKeepTheirOrder() {
        assertThat(roundTrip(Attribute.listOf("a", String.class), List.of("x"))).isExactlyInstanceOf(ArrayList.class);
        assertThat(roundTrip(Attribute.setOf("a", String.class), Set.of("x"))).isExactlyInstanceOf(LinkedHashSet.class);
        Map<String, Integer> map = new LinkedHashMap<>();
        List.of("q", "a", "z", "b").forEach(key -> map.put(key, 1));
        Map<String, Integer> back = roundTrip(Attribute.mapOf("a", String.class, Integer.class), map);
        assertThat(back).isExactlyInstanceOf(LinkedHashMap.class);
        assertThat(back.keySet()).containsExactly("q", "a", "z", "b");
    }

    @Test
    void anEqualListOfAnotherClassIsStoredTheSame() {
        Attribute<List<String>> list = Attribute.listOf("a", String.class);
        assertThat(encode(list, List.of("x"))).isEqualTo(encode(list, new ArrayList<>(List.of("x"))));
    }

    @Test
    void whatIsDeclaredOpenNamesItsTypeAndItsTypeMustBeAllowed() {
        Attribute<Object> any = Attribute.of("a", Object.class);
        assertStored(any, 5L, "[\"Long\",5]");
        assertThatThrownBy(() -> encode(any, new Point(1, 2)))
                .isInstanceOf(SessionException.NotStorable.class)
                .hasMessageContaining("dev.reactivesession.codec.json.Shop$Point")
                .hasMessageContaining("reactive-session.json.allowed-packages");
        assertThatThrownBy(() -> encode(Attribute.of("a", Shape.class), new Circle(1)))
                .isInstanceOf(SessionException.NotStorable.class);
        assertThat(allowing.decode("a", allowing.encode("a", new Circle(1), Shape.class), Shape.class))
                .isEqualTo(new Circle(1));
    }

    @Test
    void aSubclassOfWhatIsDeclaredIsNotCutDown() {
        Member member = new Member("m", 5);
        EncodedValue value = allowing.encode("a", member, Visitor.class);
        assertThat(allowing.decode("a", value, Visitor.class))
                .isExactlyInstanceOf(Member.class)
                .isEqualTo(member);
        assertThatThrownBy(() -> codec.encode("a", member, Visitor.class))
                .isInstanceOf(SessionException.NotStorable.class);
    }

    @Test
    void aSortedSetWithAComparatorIsRefusedUnlessItIsDeclaredAsASet() {
        TreeSet<String> reversed = new TreeSet<>(Collections.reverseOrder());
        reversed.addAll(List.of("a", "b"));
        assertThatThrownBy(() -> codec.encode("a", reversed, null)).isInstanceOf(SessionException.NotStorable.class);
        assertThatThrownBy(() -> encode(new Attribute<TreeSet<String>>("a") {}, reversed))
                .isInstanceOf(SessionException.NotStorable.class);
        assertThatThrownBy(() -> codec.encode("a", new TreeMap<>(String.CASE_INSENSITIVE_ORDER), null))
                .isInstanceOf(SessionException.NotStorable.class)
                .hasMessageContaining("comparator");
        assertThat(roundTrip(Attribute.setOf("a", String.class), reversed)).containsExactly("b", "a");
    }

    @Test
    void aValueThatIsNotOfItsDeclaredTypeIsNotStorable() {
        assertThatThrownBy(() -> codec.encode("a", "5", Integer.class))
                .isInstanceOf(SessionException.NotStorable.class);
        assertThatThrownBy(() -> codec.encode(
                        "a", List.of(1), Attribute.listOf("a", String.class).type()))
                .isInstanceOf(SessionException.NotStorable.class);
    }

    @Test
    void aPlainValueReadWithoutItsDeclaredTypeIsWhatJsonMakesOfIt() {
        assertThat(natural("5")).isEqualTo(5);
        assertThat(natural("5000000000")).isEqualTo(5_000_000_000L);
        assertThat(natural("50000000000000000000")).isEqualTo(new BigInteger("50000000000000000000"));
        assertThat(natural("1.5")).isEqualTo(1.5);
        assertThat(natural("\"x\"")).isEqualTo("x");
        assertThat(natural("[1,{\"a\":null}]"))
                .isExactlyInstanceOf(ArrayList.class)
                .isEqualTo(List.of(1, Collections.singletonMap("a", null)));
        assertThat(natural("{\"@class\":\"java.lang.Runtime\",\"b\":[\"Long\",1]}"))
                .isExactlyInstanceOf(LinkedHashMap.class)
                .isEqualTo(Map.of("@class", "java.lang.Runtime", "b", List.of("Long", 1)));
    }

    @Test
    void whatIsReadNaturallyAndWrittenUndeclaredStaysAsItIs() {
        Object list = natural("[1,{\"a\":[2.5,null,true]}]");
        EncodedValue typed = codec.encode("a", list, null);
        assertThat(typed.typed()).isTrue();
        assertThat(codec.decode("a", typed, null)).isEqualTo(list);
        assertThat(codec.encode("a", codec.decode("a", typed, null), null)).isEqualTo(typed);
    }

    @Test
    void aTypedValueIsReadAsWhatIsDeclaredIfItIsThat() {
        EncodedValue numbers = codec.encode("a", List.of(1L, 2L), null);
        assertThat(codec.decode("a", numbers, Attribute.listOf("a", Long.class).type()))
                .isExactlyInstanceOf(ArrayList.class)
                .isEqualTo(List.of(1L, 2L));
        assertUnreadable(numbers, Attribute.listOf("a", String.class));
        assertUnreadable(numbers, Attribute.of("a", String.class));
        assertThat(codec.decode("a", codec.encode("a", 5L, null), Long.class)).isEqualTo(5L);
        assertThat(codec.decode("a", codec.encode("a", 5L, null), long.class)).isEqualTo(5L);
        assertUnreadable(codec.encode("a", 5L, null), Attribute.of("a", Integer.class));
    }

    @Test
    void anUndeclaredScalarIsReadAsAnyTypeItFits() {
        assertThat(codec.decode("a", codec.encode("a", 5, null), Long.class)).isEqualTo(5L);
        assertThat(codec.decode("a", codec.encode("a", 5, null), Double.class)).isEqualTo(5.0);
        assertThat(codec.decode("a", codec.encode("a", 5, null), BigDecimal.class))
                .isEqualTo(new BigDecimal("5"));
        assertThat(codec.decode("a", codec.encode("a", "RED", null), Color.class))
                .isEqualTo(Color.RED);
        assertUnreadable(codec.encode("a", "5", null), Attribute.of("a", Integer.class));
        assertUnreadable(codec.encode("a", 5, null), Attribute.of("a", String.class));
        assertUnreadable(codec.encode("a", 5.5, null), Attribute.of("a", Integer.class));
        assertUnreadable(codec.encode("a", 1, null), Attribute.of("a", Boolean.class));
        assertUnreadable(codec.encode("a", 0, null), Attribute.of("a", Color.class));
        assertUnreadable(codec.encode("a", "BLUE", null), Attribute.of("a", Color.class));
        assertUnreadable(codec.encode("a", true, null), Attribute.of("a", Item.class));
    }

    @Test
    void fieldsThatAClassNoLongerHasArePassedOverAndNewOnesAreEmpty() {
        assertThat(codec.decode("a", plain("{\"x\":1,\"y\":2,\"z\":{\"@class\":\"java.lang.Runtime\"}}"), Point.class))
                .isEqualTo(new Point(1, 2));
        assertThat(codec.decode("a", plain("{\"name\":\"pen\",\"count\":1}"), Item.class))
                .isEqualTo(new Item("pen", 1, null));
    }

    @Test
    void keysThatAreDeclaredOpenKeepTheirTypes() {
        EnumMap<Color, String> byColor = new EnumMap<>(Map.of(Color.GREEN, "g"));
        Map<?, ?> open = (Map<?, ?>) allowing.decode(
                "a",
                allowing.encode(
                        "a",
                        byColor,
                        Attribute.mapOf("a", Object.class, String.class).type()),
                Attribute.mapOf("a", Object.class, String.class).type());
        assertThat(open).isEqualTo(byColor);
        Map<Object, String> mixed = Map.of(1, "a", "1", "b", 1L, "c");
        assertThat(roundTrip(Attribute.mapOf("a", Object.class, String.class), mixed))
                .isEqualTo(mixed);
        assertThat(roundTrip(Attribute.mapOf("a", Color.class, String.class), byColor))
                .isExactlyInstanceOf(LinkedHashMap.class)
                .isEqualTo(byColor);
        assertThat(roundTrip(new Attribute<EnumMap<Color, String>>("a") {}, byColor))
                .isExactlyInstanceOf(EnumMap.class)
                .isEqualTo(byColor);
    }

    @Test
    void nullIsNoValueButMayBeInOne() {
        assertUnreadable(plain("null"), Attribute.of("a", Item.class));
        assertUnreadable(new EncodedValue(true, plain("null").buffer(), 0, 4), Attribute.of("a", Object.class));
        assertThatThrownBy(() -> codec.decode("a", plain("null"), null))
                .isInstanceOf(SessionException.Unreadable.class);
        assertThat(roundTrip(Attribute.listOf("a", String.class), Arrays.asList("x", null)))
                .containsExactly("x", null);
        Cart empty = new Cart(null, null, null, null, null);
        assertThat(roundTrip(Attribute.of("a", Cart.class), empty)).isEqualTo(empty);
        Map<String, Long> map = new HashMap<>();
        map.put(null, 1L);
        map.put("a", null);
        assertThat(roundTrip(Attribute.mapOf("a", String.class, Long.class), map))
                .isEqualTo(map);
    }

    private <T> void assertStored(Attribute<T> attribute, T value, String json) {
        EncodedValue encoded = encode(attribute, value);
        assertThat(encoded.typed()).isFalse();
        assertThat(new String(encoded.buffer(), encoded.offset(), encoded.length(), UTF_8))
                .isEqualTo(json);
        assertThat(codec.decode("a", encoded, attribute.type())).isEqualTo(value);
    }

    private <T> EncodedValue encode(Attribute<T> attribute, T value) {
        return codec.encode(attribute.name(), value, attribute.type());
    }

    @SuppressWarnings("unchecked")
    private <T> T roundTrip(Attribute<T> attribute, T value) {
        return (T) codec.decode("a", encode(attribute, value), attribute.type());
    }

    private Object natural(String json) {
        return codec.decode("a", plain(json), null);
    }

    private static EncodedValue plain(String json) {
        byte[] bytes = json.getBytes(UTF_8);
        return new EncodedValue(false, bytes, 0, bytes.length);
    }

    private void assertUnreadable(EncodedValue value, Attribute<?> attribute) {
        assertThatThrownBy(() -> codec.decode("a", value, attribute.type()))
                .isInstanceOf(SessionException.Unreadable.class);
    }
}
