package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ShuffledOrderTest {

    @Property
    void eachHasItsTurnOnce(@ForAll @IntRange(min = 1, max = 5_000) int size, @ForAll long seed) {
        assertThat(ShuffledOrder.random(size, new Random(seed))
                        .numbers()
                        .sorted()
                        .toArray())
                .isEqualTo(IntStream.range(0, size).toArray());
    }
}
