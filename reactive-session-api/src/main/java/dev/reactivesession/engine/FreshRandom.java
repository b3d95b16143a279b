package dev.reactivesession.engine;

import java.nio.ByteBuffer;
import java.security.DrbgParameters;
import java.security.DrbgParameters.Capability;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import reactor.core.scheduler.Schedulers;

/**
 * A generator that two copies of one process do not share, although a snapshot, a cloned container or a restored
 * checkpoint gives both the same state. Every draw mixes in the clocks as they are then, and keeps what was mixed in,
 * so copies go different ways from their first draw on. Every minute, and when the clocks have jumped, entropy of the
 * system is mixed in as well. The result is never weaker than the generator underneath.
 *
 * <p>Never blocks, but for {@link #reseed}: the system is asked on another thread, and no draw waits for it. Any
 * number of concurrent callers.
 */
public final class FreshRandom extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private static final int STRENGTH = 256;

    private static final int BLOCK = 32;

    private static final long NANOS_BETWEEN_RESEEDS = 60_000_000_000L;

    private static final long NANOS_IN_MILLI = 1_000_000L;

    private static final long LARGEST_JUMP_MILLIS = 1_000L;

    private final transient SecureRandom generator;

    private final transient Clocks clocks;

    private final transient Supplier<byte[]> system;

    private final transient Executor background;

    private final transient MessageDigest sha256 = sha256();

    private final transient AtomicBoolean reseeding = new AtomicBoolean();

    private transient byte[] mixed = new byte[BLOCK];

    private transient long reseededNanos;

    private transient long reseededMillis;

    /**
     * A generator over the platform's DRBG, which reads its seed here and at no other time.
     *
     * @return a new generator
     */
    public static FreshRandom create() {
        SecureRandom platform = new SecureRandom();
        FreshRandom random = new FreshRandom(
                drbg(), Clocks.SYSTEM, () -> platform.generateSeed(BLOCK), Schedulers.boundedElastic()::schedule);
        random.reseed();
        return random;
    }

    FreshRandom(SecureRandom generator, Clocks clocks, Supplier<byte[]> system, Executor background) {
        super(new Unused(), null);
        this.generator = generator;
        this.clocks = clocks;
        this.system = system;
        this.background = background;
        this.reseededNanos = clocks.nanos();
        this.reseededMillis = clocks.millis();
    }

    /** The platform's default generator reads a device file on every call, which blocks; this one reads once. */
    private static SecureRandom drbg() {
        try {
            SecureRandom random =
                    SecureRandom.getInstance("DRBG", DrbgParameters.instantiation(STRENGTH, Capability.NONE, null));
            random.nextBytes(new byte[1]);
            return random;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has a DRBG", impossible);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public void nextBytes(byte[] bytes) {
        long nanos = clocks.nanos();
        long millis = clocks.millis();
        generator.nextBytes(bytes);
        mask(bytes, nanos, millis);
        if (isReseedDue(nanos, millis) && reseeding.compareAndSet(false, true)) {
            reseedLater();
        }
    }

    /** One draw, where the superclass makes two. */
    @Override
    public long nextLong() {
        byte[] bytes = new byte[Long.BYTES];
        nextBytes(bytes);
        return ByteBuffer.wrap(bytes).getLong();
    }

    private synchronized void mask(byte[] bytes, long nanos, long millis) {
        mixed = digest(
                mixed,
                ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(nanos)
                        .putLong(millis)
                        .array());
        for (int from = 0, block = 0; from < bytes.length; from += BLOCK, block++) {
            byte[] mask = digest(mixed, new byte[] {(byte) block, (byte) (block >> Byte.SIZE)});
            for (int index = 0; index < BLOCK && from + index < bytes.length; index++) {
                bytes[from + index] ^= mask[index];
            }
        }
    }

    private byte[] digest(byte[] first, byte[] second) {
        sha256.update(first);
        return sha256.digest(second);
    }

    private synchronized boolean isReseedDue(long nanos, long millis) {
        long elapsed = nanos - reseededNanos;
        long jump = millis - reseededMillis - elapsed / NANOS_IN_MILLI;
        return elapsed > NANOS_BETWEEN_RESEEDS || elapsed < 0 || Math.abs(jump) > LARGEST_JUMP_MILLIS;
    }

    private void reseedLater() {
        try {
            background.execute(this::reseed);
        } catch (RejectedExecutionException shuttingDown) {
            reseeding.set(false);
        }
    }

    /** Mixes in entropy of the system, which may block: for a process that has just been restored, before it serves. */
    @Override
    public void reseed() {
        try {
            stir(system.get());
        } finally {
            reseeding.set(false);
        }
    }

    private synchronized void stir(byte[] entropy) {
        mixed = digest(mixed, entropy);
        reseededNanos = clocks.nanos();
        reseededMillis = clocks.millis();
    }

    /** Adds to the state, and never replaces it. */
    @Override
    public void setSeed(byte[] seed) {
        stir(seed.clone());
    }

    @Override
    public synchronized void setSeed(long seed) {
        // the constructor of the superclass calls this before there is a state
        if (mixed != null) {
            stir(ByteBuffer.allocate(Long.BYTES).putLong(seed).array());
        }
    }

    @Override
    public byte[] generateSeed(int bytes) {
        byte[] seed = new byte[bytes];
        nextBytes(seed);
        return seed;
    }

    @Override
    public String getAlgorithm() {
        return "FreshRandom";
    }

    @Override
    public String toString() {
        return "FreshRandom";
    }

    /** The clocks that are mixed in. */
    interface Clocks {

        Clocks SYSTEM = new Clocks() {

            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public long millis() {
                return System.currentTimeMillis();
            }
        };

        long nanos();

        long millis();
    }

    /** The superclass asks for one; every method that would reach it is overridden. */
    private static final class Unused extends SecureRandomSpi {

        private static final long serialVersionUID = 1L;

        @Override
        protected void engineSetSeed(byte[] seed) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected byte[] engineGenerateSeed(int bytes) {
            throw new UnsupportedOperationException();
        }
    }
}
