package dev.reactivesession.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ControllableClockTest {

    private final ControllableClock clock = ControllableClock.at(Instant.EPOCH);

    @Test
    void standsStillUntilItIsMoved() {
        assertThat(clock.instant()).isEqualTo(clock.instant()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void movesByWhatItIsTold() {
        assertThat(clock.advance(Duration.ofSeconds(5))).isEqualTo(Instant.ofEpochSecond(5));
        assertThat(clock.advance(Duration.ofSeconds(-2))).isEqualTo(Instant.ofEpochSecond(3));
        assertThat(clock.instant()).isEqualTo(Instant.ofEpochSecond(3));
    }

    @Test
    void showsTheTimeItIsSetTo() {
        clock.set(Instant.MAX);
        assertThat(clock.instant()).isEqualTo(Instant.MAX);
    }

    @Test
    void movesTogetherWithItselfInAnotherZone() {
        Clock abroad = clock.withZone(ZoneId.of("Asia/Tokyo"));
        clock.advance(Duration.ofSeconds(1));
        assertThat(abroad.instant()).isEqualTo(clock.instant());
        assertThat(abroad.getZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
    }

    @Test
    void beginsAtThePresentWithoutNanoseconds() {
        Instant before = Instant.now().minusMillis(1);
        Instant present = ControllableClock.atPresent().instant();
        assertThat(present).isBetween(before, Instant.now());
        assertThat(present.getNano() % 1_000_000).isZero();
    }
}
