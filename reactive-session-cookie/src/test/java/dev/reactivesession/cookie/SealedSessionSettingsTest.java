package dev.reactivesession.cookie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.SessionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedSessionSettingsTest {

    @Test
    void theDefaultsFitOneCookieWithoutPaddingOrCompression() {
        assertThat(SealedSessionSettings.defaults())
                .isEqualTo(new SealedSessionSettings("__Host-session", 4082, 0, false, ""));
    }

    @Test
    void anotherNameBringsItsOwnBound() {
        assertThat(SealedSessionSettings.defaults().withCookieName("s").longestToken())
                .isEqualTo(4095);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 511, 20_481})
    void aBoundOutOfBoundsIsRefusedByName(int characters) {
        assertThatThrownBy(() -> SealedSessionSettings.defaults().withLongestToken(characters))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining("longest-token is " + characters);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 15, 2049})
    void aPaddingBlockOutOfBoundsIsRefusedByName(int bytes) {
        assertThatThrownBy(() -> SealedSessionSettings.defaults().withPaddingBlock(bytes))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessage(
                        "reactive-session.sealed.padding-block is " + bytes + ", but must be 0, or from 16 to 2048");
    }

    @Test
    void aCookieWithoutANameIsRefused() {
        assertThatThrownBy(() -> SealedSessionSettings.defaults().withCookieName(""))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining("cookie.name");
    }

    @Test
    void anApplicationOfTooManyBytesIsRefused() {
        assertThatThrownBy(() -> SealedSessionSettings.defaults().withApplication("\u00fc".repeat(128)))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessage(
                        "the length of reactive-session.sealed.application in bytes is 256, but must be from 0 to 255");
    }
}
