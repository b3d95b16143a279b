package dev.reactivesession.codec.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.codec.EncodedValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The scan is an abbreviation: whatever it accepts, a parser accepts too, and finds the same. */
class PlainScanTest {

    private static final byte[] LETTERS = "{}[]:,\"\\0123456789-.eE+truefalsn /aé\u0001\u007f".getBytes(UTF_8);

    private static final int MANY = 200_000;

    private final Random random = new Random(11);

    private final JsonSessionCodec codec = new JsonSessionCodec();

    private final JsonMapper parser =
            JsonMapper.builder(Mappers.factory(JsonCodecSettings.defaults())).build();

    @Test
    void anOrdinarySessionNeedsNoParser() {
        assertThat(scan("[1,{\"name\":\"a text\",\"count\":5,\"list\":[1,\"b\",true,null,{\"c\":-7}]},"
                        + "{\"id\":[\"UUID\",\"x\"]}]"))
                .isNotNull();
        assertThat(scan("[1,{}]")).isNotNull();
    }

    @Test
    void anUnusualPayloadIsLeftToTheParser() {
        assertThat(List.of(
                        "[1, {}]",
                        "[2,{}]",
                        "[1,{\"a\":\"\\n\"}]",
                        "[1,{\"ä\":1}]",
                        "[1,{\"a\":1,\"a\":2}]",
                        "[1,{\"a\":1.5}]",
                        "[1,{\"a\":01}]",
                        "[1,{\"a\":" + "[".repeat(17) + "]".repeat(17) + "}]",
                        "[1,{\"a\":123456789012345678901234567890}]",
                        "[1,{\"a\":1}",
                        "[1,{\"a\":1}]]",
                        "[1,{\"a\":1},{},{}]",
                        "",
                        "["))
                .allSatisfy(payload -> assertThat(scan(payload)).as(payload).isNull());
    }

    @Test
    void itAcceptsNothingThatAParserRefusesAndFindsTheSame() {
        int accepted = 0;
        for (int times = 0; times < MANY; times++) {
            byte[] payload = mutated();
            AttributeIndex found = PlainScan.of(payload, 64, 100);
            if (found != null) {
                accepted++;
                assertThat(texts(new IndexedAttributes(payload, found, new KnownNames())))
                        .as(new String(payload, UTF_8))
                        .isEqualTo(parsed(payload));
            }
        }
        assertThat(accepted).isGreaterThan(MANY / 20);
    }

    @Test
    void aTextWrittenAndReadWithoutAParserIsTheSameAsWithOne() {
        for (int times = 0; times < MANY / 10; times++) {
            String text = randomText();
            EncodedValue simple = SimpleText.encode(text, 1000);
            if (simple != null) {
                byte[] bytes = parser.writeValueAsBytes(text);
                assertThat(simple).isEqualTo(new EncodedValue(false, bytes, 0, bytes.length));
                assertThat(SimpleText.decode(simple)).isEqualTo(text);
            }
            assertThat(codec.decode("a", codec.encode("a", text, null), null)).isEqualTo(text);
        }
    }

    private static AttributeIndex scan(String payload) {
        return PlainScan.of(payload.getBytes(UTF_8), 64, 100);
    }

    private byte[] mutated() {
        byte[] payload =
                "[1,{\"ab\":\"text\",\"c\":[1,-20,{\"d\":true}],\"e\":null},{\"f\":[\"Long\",3]}]".getBytes(UTF_8);
        for (int times = random.nextInt(3); times > 0; times--) {
            payload[random.nextInt(payload.length)] = LETTERS[random.nextInt(LETTERS.length)];
        }
        return payload;
    }

    private String randomText() {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(12); length > 0; length--) {
            text.append((char) (random.nextInt(8) == 0 ? random.nextInt(0x300) : ' ' + random.nextInt(95)));
        }
        return text.toString();
    }

    private Map<String, Object> parsed(byte[] payload) {
        List<?> all = parser.readValue(payload, List.class);
        Map<String, Object> attributes = new LinkedHashMap<>();
        all.stream()
                .skip(1)
                .map(each -> (Map<?, ?>) each)
                .forEach(each -> each.forEach((name, value) -> attributes.put(name.toString(), value)));
        assertThat(all.get(0)).isEqualTo(1);
        return attributes;
    }

    private Map<String, Object> texts(Map<String, EncodedValue> attributes) {
        Map<String, Object> values = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(attributes.keySet());
        names.forEach(name -> {
            EncodedValue value = attributes.get(name);
            values.put(name, parser.readValue(value.buffer(), value.offset(), value.length(), Object.class));
        });
        return values;
    }
}
