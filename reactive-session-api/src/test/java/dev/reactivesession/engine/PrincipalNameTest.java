package dev.reactivesession.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S30: a principal comes back exactly as it went in, or is refused. */
class PrincipalNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"alice", "a b", " alice ", "J\u00fcrgen", "\u4e16\u754c", "\ud83c\udf0d", "a\u0301", "?"})
    void s30NamesOfAllLanguagesAreTaken(String name) {
        assertThat(PrincipalName.require(name)).isSameAs(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin\ud800",
                "\udc00admin",
                "ad\ud800min",
                "\udc00\ud800",
                "admin\r",
                "ad\nmin",
                "admin\0",
                "ad\tmin",
                "\u001b[31m",
                "admin\u007f",
                "admin\u0085"
            })
    void s30NamesThatDoNotComeBackOrControlALogAreRefused(String name) {
        assertThatThrownBy(() -> PrincipalName.require(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("control character")
                .hasMessageContaining("U+")
                .extracting(Throwable::getMessage)
                .matches(message -> !message.contains("admin"));
    }

    @Test
    void everyNameThatIsTakenComesBackFromItsBytes() {
        Random random = new Random(30);
        int taken = 0;
        for (int run = 0; run < 100_000; run++) {
            String name = random.ints(1 + random.nextInt(3), 0, 0x10000)
                    .collect(StringBuilder::new, (text, unit) -> text.append((char) unit), StringBuilder::append)
                    .toString();
            if (isTaken(name)) {
                taken++;
                byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
                assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(name);
            }
        }
        assertThat(taken).isGreaterThan(50_000);
    }

    private static boolean isTaken(String name) {
        try {
            PrincipalName.require(name);
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }
}
