package dev.reactivesession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SettingBoundTest {

    private static final SettingBound<Integer> DEPTH = SettingBound.within("reactive-session.json.max-depth", 8, 500);

    private static final SettingBound<Duration> AGE =
            SettingBound.atLeast("reactive-session.near-cache.max-age", Duration.ofMillis(1));

    @Test
    void a_value_within_the_bounds_passes_bounds_included() {
        assertThat(DEPTH.require(8)).isEqualTo(8);
        assertThat(DEPTH.require(500)).isEqualTo(500);
        assertThat(AGE.require(Duration.ofDays(999))).isEqualTo(Duration.ofDays(999));
    }

    @Test
    void a_value_below_or_above_is_refused_with_setting_value_and_bounds() {
        assertThatThrownBy(() -> DEPTH.require(7))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessage("reactive-session.json.max-depth is 7, but must be from 8 to 500");
        assertThatThrownBy(() -> DEPTH.require(501)).hasMessageContaining("is 501, but must be from 8 to 500");
    }

    @Test
    void a_value_outside_the_bounds_can_be_allowed_too() {
        SettingBound<Integer> connections = SettingBound.within("reactive-session.r2dbc.connections", 4, 100)
                .or(0);

        assertThat(connections.require(0)).isZero();
        assertThat(connections.require(4)).isEqualTo(4);
        assertThatThrownBy(() -> connections.require(1))
                .hasMessage("reactive-session.r2dbc.connections is 1, but must be 0, or from 4 to 100");
    }

    @Test
    void a_lower_bound_alone_has_no_upper_one_in_its_sentence() {
        assertThatThrownBy(() -> AGE.require(Duration.ZERO))
                .hasMessage("reactive-session.near-cache.max-age is PT0S, but must be at least PT0.001S");
    }
}
