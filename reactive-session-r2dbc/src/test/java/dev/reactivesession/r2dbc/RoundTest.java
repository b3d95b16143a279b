package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RoundTest {

    @Property
    void eachHasItsTurnOnce(@ForAll @IntRange(min = 1, max = 5_000) int size, @ForAll long seed) {
        assertThat(Round.random(size, new Random(seed)).turns().sorted().toArray())
                .isEqualTo(IntStream.range(0, size).toArray());
    }
}
