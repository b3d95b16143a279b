package dev.reactivesession.r2dbc;

import java.math.BigInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * An order of the numbers below a size, without a list of them: from a random first one, in steps of a random width.
 *
 * @param size how many there are
 * @param first the first
 * @param width the step; has no divisor in common with the size
 */
record ShuffledOrder(int size, int first, int width) {

    static ShuffledOrder random(int size, RandomGenerator random) {
        return new ShuffledOrder(size, random.nextInt(size), randomWidth(size, random));
    }

    private static int randomWidth(int size, RandomGenerator random) {
        return random.ints(1, size + 1)
                .filter(width -> isPrimeTo(size, width))
                .findFirst()
                .orElse(1);
    }

    private static boolean isPrimeTo(int size, int width) {
        return BigInteger.valueOf(size).gcd(BigInteger.valueOf(width)).equals(BigInteger.ONE);
    }

    IntStream numbers() {
        return IntStream.range(0, size).map(turn -> (int) ((first + (long) turn * width) % size));
    }
}
