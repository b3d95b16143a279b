package dev.reactivesession.codec.merge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.core.json.JsonFactory;

/** A stretch of JSON tells where it is and how long, and repeats only words that can be no secret. */
class JsonPartTest {

    private static JsonPart part(String before, String json) {
        byte[] bytes = (before + json).getBytes(UTF_8);
        return new JsonPart(new JsonFactory(), bytes, before.length(), bytes.length);
    }

    @Test
    void itsTextIsItsSize() {
        assertThat(part("[1,", "\"secret\"")).hasToString("JsonPart[8 bytes]");
    }

    @Test
    void onlyAShortWordIsRepeated() {
        assertThat(part("", "\"lines\"").word()).isEqualTo("lines");
        assertThat(part("", "\"" + "x".repeat(60) + "\"").word()).isEqualTo("x".repeat(60));
        assertThat(part("", "\"" + "x".repeat(61) + "\"").word()).isEqualTo("*");
        assertThat(part("", "\"alice@example.com\"").word()).isEqualTo("*");
        assertThat(part("", "\"two words\"").word()).isEqualTo("*");
        assertThat(part("", "12345").word()).isEqualTo("*");
    }

    @Test
    void equalBytesAreEqualPartsWhereverTheyStand() {
        assertThat(part("[1,", "[2]")).isEqualTo(part("", "[2]")).hasSameHashCodeAs(part("", "[2]"));
        assertThat(part("", "[2]")).isNotEqualTo(part("", "[3]")).isNotEqualTo("[2]");
    }
}
