package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.SessionException;
import dev.reactivesession.UnreadablePolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisSessionSettingsTest {

    private final RedisSessionSettings defaults = RedisSessionSettings.defaults();

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{tag}", "a b", "a*", "a\n", "é"})
    void aPrefixThatWouldChangeTheMeaningOfAKeyIsRefusedByName(String prefix) {
        assertThatThrownBy(() -> defaults.withKeyPrefix(prefix))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining("reactive-session.redis.prefix");
    }

    @Test
    void valuesOutOfBoundsAreRefusedByName() {
        assertThatThrownBy(() -> defaults.withTimeout(Duration.ZERO)).hasMessageContaining("redis.timeout");
        assertThatThrownBy(() -> defaults.withExpirySlack(Duration.ZERO)).hasMessageContaining("redis.expiry-slack");
        assertThatThrownBy(() -> defaults.withIndexShards(0)).hasMessageContaining("redis.index-shards");
    }

    @Test
    void everyCopyChangesOneValue() {
        assertThat(defaults.withKeyPrefix("shop:")
                        .withTimeout(Duration.ofSeconds(1))
                        .withExpirySlack(Duration.ofHours(1))
                        .withIndexShards(2)
                        .withOnUnreadable(UnreadablePolicy.REFUSE))
                .isEqualTo(new RedisSessionSettings(
                        "shop:", Duration.ofSeconds(1), Duration.ofHours(1), 2, UnreadablePolicy.REFUSE));
    }
}
