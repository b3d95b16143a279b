package dev.reactivesession.engine;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * A generator whose numbers are known beforehand, because its clocks stand still and its entropy is always the same.
 */
public final class KnownRandom {

    private KnownRandom() {}

    private static final FreshRandom.Clocks STILL = new FreshRandom.Clocks() {

        @Override
        public long nanos() {
            return 1;
        }

        @Override
        public long millis() {
            return 1;
        }
    };

    public static FreshRandom create() {
        try {
            SecureRandom underneath = SecureRandom.getInstance("SHA1PRNG");
            underneath.setSeed(1);
            return new FreshRandom(underneath, STILL, () -> new byte[32], Runnable::run);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
