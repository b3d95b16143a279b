package dev.reactivesession.codec.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.codec.EncodedValue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A simple text is an abbreviation: a parser finds the same. */
class SimpleTextTest {

    private static final int MANY = 20_000;

    private final Random random = new Random(11);

    private final JsonSessionCodec codec = new JsonSessionCodec();

    private final JsonMapper parser =
            JsonMapper.builder(Mappers.factory(JsonCodecSettings.defaults())).build();

    @Test
    void aTextWrittenAndReadWithoutAParserIsTheSameAsWithOne() {
        for (int times = 0; times < MANY; times++) {
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

    private String randomText() {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(12); length > 0; length--) {
            text.append((char) (random.nextInt(8) == 0 ? random.nextInt(0x300) : ' ' + random.nextInt(95)));
        }
        return text.toString();
    }
}
