package dev.reactivesession.codec.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.codec.SessionCodec;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One name is decoded once, and no name is taken for another one. */
class KnownNamesTest {

    private final SessionCodec codec = new JsonSessionCodec();

    private String nameOfOnly(String name) {
        byte[] payload = codec.join(Map.of(name, codec.encode(name, 1, null)));
        return codec.split(payload).keySet().iterator().next();
    }

    @Test
    void aNameMetAgainIsNotDecodedAnew() {
        assertThat(nameOfOnly("cart")).isEqualTo("cart").isSameAs(nameOfOnly("cart"));
    }

    @Test
    void namesWithOneHashAreToldApart() {
        assertThat("Aa").hasSameHashCodeAs("BB");
        for (String name : new String[] {"Aa", "BB", "Aa", "BB"}) {
            assertThat(nameOfOnly(name)).isEqualTo(name);
        }
    }

    @Test
    void namesInOnePlaceAreToldApart() {
        assertThat("a".hashCode() % 256).isEqualTo("Bc".hashCode() % 256);
        for (String name : new String[] {"a", "Bc", "a"}) {
            assertThat(nameOfOnly(name)).isEqualTo(name);
        }
    }

    @Test
    void aLongNameIsNotKept() {
        String name = "n".repeat(65);
        assertThat(nameOfOnly(name)).isEqualTo(name).isNotSameAs(nameOfOnly(name));
        String kept = "n".repeat(64);
        assertThat(nameOfOnly(kept)).isSameAs(nameOfOnly(kept));
    }
}
