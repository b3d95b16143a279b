package dev.reactivesession.codec.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.SessionException;
import dev.reactivesession.codec.EncodedValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The attributes of a payload are a map like any other, whether they are few or many. */
class SplitAttributesTest {

    private final JsonSessionCodec codec =
            new JsonSessionCodec(JsonCodecSettings.defaults().withMaxAttributes(100_000).withMaxPayload(1 << 26));

    @Test
    void itCanBeAskedChangedAndCopied() {
        Map<String, EncodedValue> attributes =
                codec.split("[1,{\"b\":1,\"a\":\"x\"},{\"c\":[\"Long\",5]}]".getBytes(UTF_8));

        assertThat(attributes.get("a")).isEqualTo(codec.encode("a", "x", null));
        assertThat(attributes.get("c").typed()).isTrue();
        assertThat(attributes).hasSize(3).containsKey("b").doesNotContainKey("d");
        assertThat(attributes.keySet()).containsExactly("b", "a", "c");
        attributes.put("d", codec.encode("d", "y", null));
        attributes.remove("b");
        assertThat(new LinkedHashMap<>(attributes)).containsOnlyKeys("a", "c", "d");
        assertThat(attributes.get("b")).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 31, 32, 33, 34, 5000})
    void eachAttributeIsFoundHoweverManyThereAre(int count) {
        Map<String, EncodedValue> written = new LinkedHashMap<>();
        for (int index = 0; index < count; index++) {
            Object value = index % 3 == 0 ? (Object) (long) index : "value " + index;
            written.put("name" + index, codec.encode("a", value, null));
        }
        Map<String, EncodedValue> back = codec.split(codec.join(written));
        assertThat(back).hasSize(count).containsAllEntriesOf(written);
        assertThat(new LinkedHashMap<>(back)).isEqualTo(written);
        back.clear();
        assertThat(back).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 32, 33, 1000})
    void anAttributeThatIsThereTwiceMakesThePayloadUnreadable(int count) {
        List<String> fields = new ArrayList<>();
        IntStream.range(1, count).forEach(index -> fields.add("\"n" + index + "\":1"));
        fields.add("\"n1\":1");
        assertUnreadable("[1,{" + String.join(",", fields) + "}]", "twice");
        assertUnreadable("[1,{" + String.join(",", fields.subList(0, count - 1)) + "},{\"n1\":[\"Long\",1]}]", "twice");
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 512, 1024, 65_536})
    void namesOfTheSameHashAreReadAsAttributesAndAsTheKeysOfAMap(int count) {
        List<String> names = new ArrayList<>(List.of(""));
        while (names.size() < count) {
            List<String> longer = new ArrayList<>();
            names.forEach(name -> longer.addAll(List.of(name + "Aa", name + "BB")));
            names.clear();
            names.addAll(longer);
        }
        assertThat(names.get(1).hashCode()).isEqualTo(names.get(0).hashCode());
        Map<String, EncodedValue> attributes = new LinkedHashMap<>();
        Map<String, Integer> map = new LinkedHashMap<>();
        names.forEach(name -> {
            attributes.put(name, codec.encode("a", 1, null));
            map.put(name, 1);
        });
        assertThat(codec.split(codec.join(attributes))).hasSize(count).containsAllEntriesOf(attributes);
        assertThat(codec.decode("a", codec.encode("a", map, null), null)).isEqualTo(map);
    }

    @Test
    void aMillionNamesAreOverTheBoundAndTheSettingIsNamed() {
        StringBuilder payload = new StringBuilder("[1,{");
        IntStream.range(0, 1_000_000).forEach(index -> payload.append("\"n").append(index).append("\":1,"));
        payload.setCharAt(payload.length() - 1, '}');
        assertUnreadable(payload.append(']').toString(), "reactive-session.json.max-attributes=100000");
    }

    @Test
    void hugeNamesAreReadAndNotKept() {
        byte[] huge = new byte[1 << 20];
        long before = used();
        for (int round = 0; round < 100; round++) {
            java.util.Arrays.fill(huge, (byte) ('a' + round % 26));
            huge[huge.length - 1] = (byte) ('0' + round / 26);
            String name = new String(huge, UTF_8);
            assertThat(codec.split(("[1,{\"" + name + "\":1}]").getBytes(UTF_8))).containsKey(name);
        }
        assertThat(used() - before).isLessThan(50 << 20);
        assertThat(codec.split("[1,{}]".getBytes(UTF_8))).isEmpty();
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void assertUnreadable(String payload, String part) {
        assertThatThrownBy(() -> codec.split(payload.getBytes(UTF_8)))
                .isInstanceOf(SessionException.Unreadable.class)
                .hasMessageContaining(part);
    }
}
