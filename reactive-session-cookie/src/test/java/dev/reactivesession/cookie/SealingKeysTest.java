package dev.reactivesession.cookie;

import static dev.reactivesession.cookie.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.SessionException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SealingKeysTest {

    @Test
    void theOtherAlphabetOfBase64IsNotTheOneForm() {
        byte[] material = Base64.getDecoder().decode(key(1));
        material[0] = (byte) 0xfb;
        material[1] = (byte) 0xff;
        String otherAlphabet = Base64.getUrlEncoder().encodeToString(material);

        assertThatThrownBy(() -> SealingKey.parse(otherAlphabet))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining(SealingKey.COMMAND);
        assertThat(SealingKey.parse(Base64.getEncoder().encodeToString(material))
                        .id())
                .isEqualTo(SealingKey.of(material).id());
    }

    @Test
    void theSameKeyTwiceIsRefused() {
        assertThatThrownBy(() -> Samples.keys(1, 2, 1))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining("twice");
    }

    @Test
    void moreThan32KeysAreRefused() {
        List<String> many = IntStream.range(0, 33).mapToObj(Samples::key).toList();

        assertThatThrownBy(() -> SealingKeys.of(many))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining("33");
    }

    @Test
    void theCommandPrintsAKeyThatIsTaken() {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            NewSealingKey.main(new String[0]);
        } finally {
            System.setOut(console);
        }

        String key = printed.toString(StandardCharsets.UTF_8).strip();
        assertThat(Base64.getDecoder().decode(key)).hasSize(32);
        assertThat(SealingKeys.of(Collections.singletonList(key)).current().keys())
                .hasSize(1);
    }

    @Test
    void freshKeysAreNeverTakenForText() {
        for (int run = 0; run < 10_000; run++) {
            assertThat(SealingKey.parse(NewSealingKey.generate(Samples.RANDOM)).id())
                    .hasSize(32);
        }
    }

    @Test
    void aKeyIsNotTheBytesThatWereGiven() {
        byte[] material = Base64.getDecoder().decode(key(1));
        SealingKey key = SealingKey.of(material);
        String before = Samples.insert(
                        new SealedSessionVault(
                                () -> new SealingKeyRing(List.of(key)),
                                Samples.SETTINGS,
                                Samples.LIMITS,
                                Samples.RANDOM),
                        Samples.record())
                .value();

        java.util.Arrays.fill(material, (byte) 0);

        assertThat(Samples.open(Samples.vault(1), new dev.reactivesession.SessionToken(before)))
                .isInstanceOf(dev.reactivesession.store.Opening.Opened.class);
    }
}
