package dev.reactivesession.r2dbc;

import java.math.BigInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * An order in which each of so many things has its turn once, without a list of them: from a random first one in steps of a random width.
 *
 * @param size how many there are
 * @param first the first to have its turn
 * @param width shares no divisor with the size
 */
record Round(int size, int first, int width) {

    static Round random(int size, RandomGenerator random) {
        return new Round(size, random.nextInt(size), randomWidth(size, random));
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

    IntStream turns() {
        return IntStream.range(0, size).map(turn -> (int) ((first + (long) turn * width) % size));
    }
}
