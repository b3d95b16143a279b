package dev.reactivesession.codec.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import dev.reactivesession.SessionException;
import dev.reactivesession.codec.EncodedValue;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSessionCodecPayloadTest {

    private final JsonCodecSettings settings =
            JsonCodecSettings.defaults().withAllowedPackages("dev.reactivesession.codec");

    private final JsonSessionCodec codec = new JsonSessionCodec(settings);

    @Test
    void theStoredFormIsThisAndNoOther() {
        Map<String, EncodedValue> attributes = new LinkedHashMap<>();
        put(attributes, "name", "anna \u00e9\ud83d\ude00");
        put(attributes, "hits", 5);
        put(attributes, "id", 5L);
        put(attributes, "rate", 1.5);
        put(attributes, "on", true);
        put(attributes, "price", new BigDecimal("1.50"));
        put(attributes, "since", Instant.EPOCH);
        put(attributes, "cart", new ArrayList<>(List.of("pen", 2L)));
        put(attributes, "fixed", List.of(1));
        put(attributes, "tags", Set.of("a"));
        put(attributes, "map", Map.of("k", 1.0f));
        put(attributes, "item", new Shop.Item("pen", 3, BigDecimal.ONE));
        put(attributes, "color", Shop.Color.GREEN);
        put(attributes, "pairs", Map.of(7L, Shop.Color.RED));
        put(attributes, "ints", new int[] {1, 2});
        put(attributes, "nan", Double.NaN);
        attributes.put("declared", codec.encode("declared", new Shop.Point(1, 2), Shop.Point.class));
        assertThat(new String(codec.join(attributes), UTF_8))
                .isEqualTo("[1,{\"name\":\"anna"
                        + " \u00e9\ud83d\ude00\",\"hits\":5,\"rate\":1.5,\"on\":true,\"declared\":{\"x\":1,\"y\":2}},"
                        + "{\"id\":[\"Long\",5],\"price\":[\"BigDecimal\",\"1.50\"],"
                        + "\"since\":[\"Instant\",\"1970-01-01T00:00:00Z\"],"
                        + "\"cart\":[\"ArrayList\",[\"pen\",[\"Long\",2]]],\"fixed\":[\"List\",[1]],"
                        + "\"tags\":[\"Set\",[\"a\"]],"
                        + "\"map\":[\"Map\",{\"k\":[\"Float\",1.0]}],"
                        + "\"item\":{\"@class\":\"dev.reactivesession.codec.json.Shop$Item\","
                        + "\"name\":\"pen\",\"count\":3,\"price\":\"1\"},"
                        + "\"color\":[\"dev.reactivesession.codec.json.Shop$Color\",\"GREEN\"],"
                        + "\"pairs\":[\"Map\",[[[\"Long\",7],"
                        + "[\"dev.reactivesession.codec.json.Shop$Color\",\"RED\"]]]],"
                        + "\"ints\":[\"int[]\",[1,2]],\"nan\":[\"Double\",\"NaN\"]}]");
    }

    @Test
    void aSessionWithoutTypedAttributesHasOneObject() {
        assertThat(new String(codec.join(Map.of()), UTF_8)).isEqualTo("[1,{}]");
        assertThat(new String(codec.join(Map.of("a", codec.encode("a", 1, null))), UTF_8))
                .isEqualTo("[1,{\"a\":1}]");
        assertThat(new String(codec.join(Map.of("a", codec.encode("a", 1L, null))), UTF_8))
                .isEqualTo("[1,{},{\"a\":[\"Long\",1]}]");
    }

    @Test
    void anEmptyPayloadHasNoAttributes() {
        assertThat(codec.split(new byte[0])).isEmpty();
        assertThat(codec.split(codec.join(Map.of()))).isEmpty();
    }

    @Test
    void splittingGivesBackWhatWasJoinedInOrderWithoutCopyingIt() {
        Map<String, EncodedValue> attributes = new LinkedHashMap<>();
        put(attributes, "z \u00e9\u6f22\ud83d\ude00 \" \\ \n \u0001", "\u00e9\u6f22\ud83d\ude00 \" \\ }],");
        put(attributes, "", -5);
        put(attributes, "y", 1e-7);
        put(attributes, "x", List.of(Map.of("\u6f22", "\u00e9"), "]"));
        put(attributes, "a", false);
        byte[] payload = codec.join(attributes);
        Map<String, EncodedValue> back = codec.split(payload);
        assertThat(back).isEqualTo(attributes);
        assertThat(back.keySet()).containsExactly("z \u00e9\u6f22\ud83d\ude00 \" \\ \n \u0001", "", "y", "a", "x");
        assertThat(back.values()).allSatisfy(value -> assertThat(value.buffer()).isSameAs(payload));
        assertThat(codec.join(back)).isEqualTo(codec.join(codec.split(codec.join(back))));
    }

    @Test
    void splittingSeesThroughWhiteSpace() {
        Map<String, EncodedValue> attributes =
                codec.split((" [ 1 , { \"\u00e9\" : \"\u00e9 x\" , \"n\" : -12.5 , \"o\" : { \"a\" : [ ] } , "
                                + "\"t\" : true , \"i\" : 7 } , { \"l\" : [ \"Long\" , 5 ] } ] ")
                        .getBytes(UTF_8));
        assertThat(attributes.keySet()).containsExactly("\u00e9", "n", "o", "t", "i", "l");
        assertThat(text(attributes.get("\u00e9"))).isEqualTo("\"\u00e9 x\"");
        assertThat(text(attributes.get("n"))).isEqualTo("-12.5");
        assertThat(text(attributes.get("o"))).isEqualTo("{ \"a\" : [ ] }");
        assertThat(text(attributes.get("t"))).isEqualTo("true");
        assertThat(text(attributes.get("i"))).isEqualTo("7");
        assertThat(codec.decode("l", attributes.get("l"), null)).isEqualTo(5L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "1",
                "{}",
                "[]",
                "[1]",
                "[1,2]",
                "[1,[]]",
                "[1,{}",
                "[1,{},{}",
                "[1,{},{},{}]",
                "[1,{},1]",
                "[1,{}]x",
                "[1,{}][1,{}]",
                "[1,{}] 1",
                "[1,{},]",
                "[\"1\",{}]",
                "[1.0,{}]",
                "[1,{\"a\"}]",
                "[1,{\"a\":}]",
                "[1,{\"a\":1,}]",
                "[1,{\"a\":01}]",
                "[1,{\"a\":NaN}]",
                "[1,{\"a\":'x'}]",
                "[1,{a:1}]",
                "[1,{\"a\":\"x}]",
                "[1,{\"a\":[1}]",
                "[1,{\"a\":\"\u0001\"}]",
                "[1,{\"a\":\"\\x\"}]",
                "[1,{\"a\":tru}]",
                "[1,{\"a\":1,\"a\":2}]",
                "[1,{\"a\":1},{\"a\":2}]",
                "[1,{/**/}]",
                "null",
                "\ufeff"
            })
    void whatIsNoPayloadIsUnreadable(String payload) {
        assertThatThrownBy(() -> codec.split(payload.getBytes(UTF_8))).isInstanceOf(SessionException.Unreadable.class);
    }

    @Test
    void bytesThatAreNoUtf8AreUnreadableWhereTheyAre() {
        assertThatThrownBy(
                        () -> codec.split(new byte[] {'[', '1', ',', '{', '"', (byte) 0xff, '"', ':', '1', '}', ']'}))
                .isInstanceOf(SessionException.Unreadable.class);
        assertThatThrownBy(() -> codec.split(new byte[] {(byte) 0xc3})).isInstanceOf(SessionException.Unreadable.class);
        assertThatThrownBy(() -> codec.split("[1,{}]".getBytes(java.nio.charset.StandardCharsets.UTF_16)))
                .isInstanceOf(SessionException.Unreadable.class);
    }

    @ParameterizedTest
    @CsvSource({"0", "2", "-1", "99999999999999999999"})
    void anotherFormatIsUnreadable(String format) {
        assertThatThrownBy(() -> codec.split(("[" + format + ",{}]").getBytes(UTF_8)))
                .isInstanceOf(SessionException.Unreadable.class);
    }

    @Test
    void anUnknownFormatIsNamed() {
        assertThatThrownBy(() -> codec.split("[2,{}]".getBytes(UTF_8)))
                .isInstanceOf(SessionException.Unreadable.class)
                .hasMessageContaining("format is 2");
    }

    @Test
    void aPayloadThatIsNestedTooDeeplyOrHoldsAHugeNumberIsUnreadable() {
        assertUnreadable("[1,{\"a\":" + "[".repeat(201) + "]".repeat(201) + "}]");
        assertUnreadable("[1,{\"a\":" + "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000) + "}]");
        assertUnreadable("[1,{\"a\":" + "9".repeat(1001) + "}]");
        assertUnreadable("[1,{\"a\":[" + "9".repeat(1001) + "]}]");
        assertThat(codec.split(("[1,{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}]").getBytes(UTF_8)))
                .hasSize(1);
    }

    @Test
    void aPayloadOverItsBoundIsUnreadableAndNamesTheSetting() {
        JsonSessionCodec small = new JsonSessionCodec(settings.withMaxPayload(1024));
        assertThatThrownBy(() -> small.split(("[1,{\"a\":\"" + "x".repeat(1024) + "\"}]").getBytes(UTF_8)))
                .isInstanceOf(SessionException.Unreadable.class)
                .hasMessageContaining("reactive-session.json.max-payload=1024");
    }

    @Test
    void tooManyAttributesAreRefusedBothWays() {
        JsonSessionCodec few = new JsonSessionCodec(settings.withMaxAttributes(2));
        Map<String, EncodedValue> three = new LinkedHashMap<>();
        List.of("a", "b", "c").forEach(name -> put(three, name, 1));
        assertThatThrownBy(() -> few.join(three))
                .isInstanceOf(SessionException.TooLarge.class)
                .hasMessageContaining("reactive-session.json.max-attributes=2");
        assertThatThrownBy(() -> few.split(codec.join(three)))
                .isInstanceOf(SessionException.Unreadable.class)
                .hasMessageContaining("reactive-session.json.max-attributes=2");
    }

    @Test
    void aPayloadOverItsBoundIsTooLargeAndNamesTheLargestAttributes() {
        JsonSessionCodec small = new JsonSessionCodec(settings.withMaxPayload(1024));
        Map<String, EncodedValue> attributes = new LinkedHashMap<>();
        put(attributes, "little", "x");
        put(attributes, "large", "x".repeat(700));
        put(attributes, "larger", "x".repeat(800));
        SessionException.TooLarge error =
                catchThrowableOfType(SessionException.TooLarge.class, () -> small.join(attributes));
        assertThat(error)
                .hasMessageContaining("reactive-session.json.max-payload=1024")
                .hasMessageContaining("'larger' 802 bytes, 'large' 702 bytes");
        assertThat(error.sizes()).containsEntry("little", 3).containsEntry("large", 702);
    }

    @Test
    void theBoundIsMetExactly() {
        JsonSessionCodec small = new JsonSessionCodec(settings.withMaxPayload(1024));
        int frame = "[1,{\"a\":\"\"}]".length();
        EncodedValue fits = small.encode("a", "x".repeat(1024 - frame), null);
        assertThat(small.split(small.join(Map.of("a", fits)))).containsEntry("a", fits);
        EncodedValue over = small.encode("a", "x".repeat(1025 - frame), null);
        assertThatThrownBy(() -> small.join(Map.of("a", over))).isInstanceOf(SessionException.TooLarge.class);
    }

    @Test
    void aNameThatIsHalfOfASurrogatePairIsNotStorable() {
        EncodedValue value = codec.encode("a", 1, null);
        assertThatThrownBy(() -> codec.join(Map.of("\ud83d", value))).isInstanceOf(SessionException.NotStorable.class);
    }

    @Test
    void oneUnreadableAttributeLeavesTheOthersReadable() {
        Map<String, EncodedValue> attributes =
                codec.split("[1,{\"a\":1},{\"b\":[\"com.example.Gone\",1],\"c\":[\"Long\",5]}]".getBytes(UTF_8));
        assertThatThrownBy(() -> codec.decode("b", attributes.get("b"), null))
                .isInstanceOf(SessionException.Unreadable.class)
                .hasMessageContaining("'b'")
                .hasMessageContaining("com.example.Gone");
        assertThat(codec.decode("a", attributes.get("a"), null)).isEqualTo(1);
        assertThat(codec.decode("c", attributes.get("c"), null)).isEqualTo(5L);
    }

    @Test
    void namesThatAreNewEachTimeDoNotMakeReadingEverDearer() {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Random random = new Random(1);
        long most = 0;
        for (int round = 0; round < 4000; round++) {
            String name = "n" + random.nextLong();
            byte[] payload = codec.join(Map.of(name, codec.encode(name, Map.of(name, 1), null)));
            long before = thread.getCurrentThreadAllocatedBytes();
            codec.decode(name, codec.split(payload).get(name), null);
            most = Math.max(most, round < 500 ? 0 : thread.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(most).isLessThan(200_000);
    }

    @Test
    void whateverIsJoinedIsSplitAgain() {
        Random random = new Random(42);
        for (int round = 0; round < 3000; round++) {
            Map<String, EncodedValue> attributes = new LinkedHashMap<>();
            Map<String, Object> values = new LinkedHashMap<>();
            for (int count = random.nextInt(8); count > 0; count--) {
                String name = RandomValues.text(random);
                Object value = RandomValues.value(random, 3);
                values.put(name, value);
                attributes.put(name, codec.encode(name, value, null));
            }
            Map<String, EncodedValue> back = codec.split(codec.join(attributes));
            assertThat(back).isEqualTo(attributes);
            back.forEach(
                    (name, value) -> assertThat(codec.decode(name, value, null)).isEqualTo(values.get(name)));
        }
    }

    private void put(Map<String, EncodedValue> attributes, String name, Object value) {
        attributes.put(name, codec.encode(name, value, null));
    }

    private void assertUnreadable(String payload) {
        assertThatThrownBy(() -> codec.split(payload.getBytes(UTF_8))).isInstanceOf(SessionException.Unreadable.class);
    }

    private static String text(EncodedValue value) {
        return new String(value.buffer(), value.offset(), value.length(), UTF_8);
    }
}
